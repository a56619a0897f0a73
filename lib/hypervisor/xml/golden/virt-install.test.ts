import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { noAmounts } from "@/lib/model/quota";
import { compareDomains } from "../definition/compare-domains";
import { planDefinition } from "../definition/plan-definition";
import { readTyped } from "../definition/read-typed";
import { unveiled, veiled } from "../definition/veil";
import { readSizes } from "../parse-domain";
import { parseXml, printXml } from "../tree";

const folder = join(import.meta.dirname, "virt-install");
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), "utf8"),
}));

/** What says the same in other letters: comments outside metadata, CDATA, references. */
function canonical(text: string): string {
  return text
    .replace(/^<!--.*-->\n/, "")
    .replace("<![CDATA[a <b> & c]]>", "a &lt;b&gt; &amp; c")
    .replace("&#xDC;n&#xEF;", "\u00dcn\u00ef");
}

/** A plan of that text in place of the file, for whoever may do what he likes or may not. */
function planOf(file: string, asked: string, mayBeUnusual: boolean) {
  const current = parseXml(file);
  const sizes = readSizes(current);
  return planDefinition({
    digest: "d",
    current,
    asked: unveiled(readTyped(asked), current),
    running: false,
    disks: new Set(),
    ours: { volumes: new Set(), networks: new Set(), macs: new Set() },
    mayBeUnusual,
    row: sizes,
    reported: { live: sizes, next: sizes, bootId: null },
    // Every limit is used up: whatever asked for more would be over it.
    quota: { limits: noAmounts, used: noAmounts },
    host: { cpuCount: 0, memoryKib: 0 },
  });
}

/** One edit, as a person types it, and what is told of it. */
const edits: [string, (text: string) => string, string][] = [
  ["name", (text) => text.replace("<name>g-", "<name>h-"), "name changed "],
  [
    "memory",
    (text) => text.replace(/(<currentMemory>)\d+/, (_all, tag) => `${tag}262144`),
    "memory changed ",
  ],
  [
    "clock",
    (text) => text.replace(/<clock offset="\w+"/, '<clock offset="variable"'),
    "clock changed ",
  ],
];

describe.each(files)("$name of virt-install", ({ name, text }) => {
  it("is printed as it was read, to the letter", () => {
    expect(printXml(parseXml(text))).toBe(canonical(text));
    if (name !== "metadata.xml") expect(canonical(text)).toBe(text);
  });

  it.each([true, false])("unchanged, is an empty plan (unusual allowed: %s)", (mayBeUnusual) => {
    const read = parseXml(text);
    const shown = printXml(mayBeUnusual ? read : veiled(read));
    const plan = planOf(text, shown, mayBeUnusual);
    expect(plan).toMatchObject({ changes: [], unusual: [], changed: false, quota: [] });
    expect(plan.refusals).toEqual([]);
    expect(plan.after).toBe(plan.before);
  });

  it.each(edits)("changes in its %s only", (_what, edit, told) => {
    const edited = edit(text);
    expect(edited).not.toBe(text);
    const plan = planOf(text, edited, true);
    expect(plan.changes.map(({ part, kind, subject }) => `${part} ${kind} ${subject}`)).toEqual([
      told,
    ]);
    expect(differing(plan.before, plan.after)).toHaveLength(1);
  });
});

/** The lines in which two texts of as many lines differ. */
function differing(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  expect(now).toHaveLength(old.length);
  return now.filter((line, at) => line !== old[at]);
}

it("a disk's cache is changed at that disk only", () => {
  const { text } = files.find(({ name }) => name === "iotune.xml") ?? { text: "" };
  const edited = text.replace('cache="writeback"', 'cache="none"');
  expect(compareDomains(parseXml(text), parseXml(edited), false)).toMatchObject([
    {
      part: "disk",
      subject: "sda",
      facts: [{ path: "driver@cache", from: "writeback", to: "none" }],
    },
  ]);
  expect(differing(printXml(parseXml(text)), printXml(parseXml(edited)))).toHaveLength(1);
});
