import { describe, expect, it } from "vitest";
import { softEdit, softFiller } from "./soft-input";

describe("softEdit", () => {
  it.each([
    ["a letter", "", "a", 0, "a"],
    ["another letter", "a", "ab", 0, "b"],
    ["backspace", "ab", "a", 1, ""],
    ["a corrected word", "teh", "the ", 2, "he "],
    ["a swiped word", "", "hello ", 0, "hello "],
    ["nothing", "abc", "abc", 0, ""],
    ["an emoji taken back", "a😀", "a", 1, ""],
    ["a whole replacement", "abc", "xyz", 3, "xyz"],
  ])("reads %s", (_what, before, after, backspaces, text) => {
    expect(softEdit(softFiller + before, softFiller + after)).toEqual({ backspaces, text });
  });

  it("reads backspace in a field that holds the filler alone", () => {
    expect(softEdit(softFiller, softFiller.slice(0, -1))).toEqual({ backspaces: 1, text: "" });
  });
});
