import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandOf } from "@/lib/api/spec/commands";
import { operationList } from "@/lib/api/spec/operations";
import { unfoundIn } from "@/lib/testing/named-tests";
import { commands } from "./commands/all";
import { parseCall } from "./parse-call";
import { handbook, hostsOwn } from "./testing/handbook";
import { reachedBy, shownBy } from "./testing/shown-by";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

const text = read("docs/from-virsh.md");

/** The cells of the table's rows, without its head. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, byHand = "", browser = "", command = ""]) => ({ byHand, browser, command }))
  .slice(1);

const labels = new Set(
  rows.flatMap(({ browser }) =>
    [...browser.matchAll(/\*\*(.+?)\*\*/g)].map(([, label = ""]) => label),
  ),
);

const onHost = read("lib/api/on-host.integration.test.ts");
const builtCli = read("e2e/api.e2e.ts");
const browserTests = readdirSync(new URL("../e2e", import.meta.url), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".e2e.ts") || name.startsWith("live/"))
  .map((name) => read(`e2e/${name}`))
  .join("\n");

const shown = new Set<string>();
function collect(catalogue: unknown): void {
  if (typeof catalogue === "string") shown.add(catalogue);
  else for (const value of Object.values(catalogue as object)) collect(value);
}
for (const file of readdirSync(new URL("../messages/en", import.meta.url))) {
  collect(JSON.parse(read(`messages/en/${file}`)));
}

describe("docs/from-virsh.md", () => {
  it.each(Object.entries(handbook))("has all that the chapter %s does", (_chapter, lines) => {
    const left = rows.map(({ byHand }) => byHand).join("\n");
    for (const line of lines) expect(left, line).toContain(line);
  });

  it("says who does what belongs to the host", () => {
    for (const thing of hostsOwn) expect(text).toMatch(thing);
  });

  it("has rows", () => expect(rows.length).toBeGreaterThan(20));

  it.each(rows)("$byHand is a command of ours, and its words are on the screen", (row) => {
    const words = wordsOf(row.command);
    expect(parseCall(words, commands), row.command).not.toBeNull();
    for (const [, label = ""] of row.browser.matchAll(/\*\*(.+?)\*\*/g)) {
      expect(shown.has(label), label).toBe(true);
    }
  });

  it.each(rows)("$command is run on a real host", ({ command }) => {
    const path = parseCall(wordsOf(command), commands)?.command.path.join(" ") ?? "";
    const named = shownBy[path];
    const operations = operationList.map(([id]) => id).filter((id) => runs(commandOf[id], path));
    // Those that a test of the API does on a host, or a test of the built command line.
    const shown = operations.filter((id) => onHost.includes(`"${id}"`));
    const words = path.split(" ").map((word) => `"${word}"`);
    const typed = builtCli.includes(words.join(", "));
    if (named !== undefined) expect(unfoundIn(named)).toEqual([]);
    else
      expect(shown.length > 0 || typed, `cli/testing/shown-by.ts: which test does ${path}?`).toBe(
        true,
      );
  });

  it.each([...labels])("%s is reached by a browser test", (label) => {
    const named = reachedBy[label];
    if (named !== undefined) expect(unfoundIn(named)).toEqual([]);
    else {
      const where = `cli/testing/shown-by.ts: which browser test reaches "${label}"?`;
      expect(browserTests.includes(label), where).toBe(true);
    }
  });

  it("names browser tests of labels that there are", () => {
    for (const label of Object.keys(reachedBy)) expect(labels.has(label), label).toBe(true);
  });
});

/** Whether an operation's command is that one, whatever it is given. */
function runs(words: string, path: string): boolean {
  return words === path || words.startsWith(`${path} `);
}

function wordsOf(command: string): string[] {
  const words = command.match(/^`portico (.+)`$/)?.[1]?.split(" ");
  expect(words, command).toBeDefined();
  return words ?? [];
}
