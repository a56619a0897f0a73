import { describe, expect, it } from "vitest";
import { type PaletteEntry, searchEntries } from "./search-entries";

function entry(label: string, detail = ""): PaletteEntry {
  return { group: "vms", label, detail, href: `/${label}` };
}

const entries = [entry("web-1", "192.168.122.10"), entry("db"), entry("old web"), entry("cobweb")];

describe("searchEntries", () => {
  it("gives all in their order for an empty query", () => {
    expect(searchEntries(entries, "  ")).toEqual(entries);
  });

  it("puts beginnings before word starts before middles", () => {
    expect(searchEntries(entries, "WEB").map((each) => each.label)).toEqual([
      "web-1",
      "old web",
      "cobweb",
    ]);
  });

  it("needs every word, in name or address", () => {
    expect(searchEntries(entries, "web 122.10").map((each) => each.label)).toEqual(["web-1"]);
    expect(searchEntries(entries, "web nothing")).toEqual([]);
  });

  it("takes what is typed literally", () => {
    expect(searchEntries(entries, "w.b")).toEqual([]);
  });
});
