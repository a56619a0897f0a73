import { describe, expect, it } from "vitest";
import { readFromRoot, unfoundIn } from "@/lib/testing/named-tests";

const text = readFromRoot("docs/abuse-cases.md");

/** A case: what is tried, the answer, and what shows it. */
const cases = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what is tried"))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, tried = "", answer = "", shown = ""]) => ({ tried, answer, shown }));

describe("the table of abuse cases", () => {
  it("names tests that there are, by their titles", () => expect(unfoundIn(text)).toEqual([]));

  it("has its cases", () => expect(cases.length).toBeGreaterThan(65));

  it.each(cases)("$tried: a test with its title, or why there is none", ({ answer, shown }) => {
    if (/^(not here|open): /.test(answer)) expect(shown).toBe("");
    else expect(shown).toMatch(/`[^`]+\.(?:test|e2e)\.ts` "[^"]+"/);
  });
});
