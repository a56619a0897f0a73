import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "./commands/all";
import { parseCall } from "./parse-call";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The cells of the table's rows, without its head. */
const rows = read("docs/from-virsh.md")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, byHand = "", browser = "", command = ""]) => ({ byHand, browser, command }))
  .slice(1);

const shown = new Set<string>();
function collect(catalogue: unknown): void {
  if (typeof catalogue === "string") shown.add(catalogue);
  else for (const value of Object.values(catalogue as object)) collect(value);
}
for (const file of readdirSync(new URL("../messages/en", import.meta.url))) {
  collect(JSON.parse(read(`messages/en/${file}`)));
}

describe("docs/from-virsh.md", () => {
  it("has rows", () => expect(rows.length).toBeGreaterThan(20));

  it.each(rows)("$byHand is a command of ours, and its words are on the screen", (row) => {
    const words = row.command.match(/^`portico (.+)`$/)?.[1]?.split(" ");
    expect(words, row.command).toBeDefined();
    expect(parseCall(words ?? [], commands), row.command).not.toBeNull();
    for (const [, label = ""] of row.browser.matchAll(/\*\*(.+?)\*\*/g)) {
      expect(shown.has(label), label).toBe(true);
    }
  });
});
