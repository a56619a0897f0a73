import { describe, expect, it } from "vitest";
import { readFromRoot, unfoundIn } from "@/lib/testing/named-tests";

const text = readFromRoot("docs/asvs.md");

const kinds = ["test", "code", "reason", "n/a", "open"] as const;

/** A requirement's row: its id, level, and what holds it. */
const rows = [...text.matchAll(/^\| V(\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, id = "", level = "", held = ""]) => ({ id, level, held, kind: held.split(":", 1)[0] ?? "" }),
);

describe("the table of ASVS requirements", () => {
  it("names each once, with one of five answers", () => {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(rows.filter((row) => !kinds.some((kind) => kind === row.kind))).toEqual([]);
    // A row in another form would be left out of everything here.
    expect(rows.length).toBe(text.match(/^\| V\d/gm)?.length);
  });

  it("counts them as they are", () => {
    const count = (kind: string | null, level: string | null) =>
      rows.filter(
        (row) => (kind === null || row.kind === kind) && (level === null || row.level === level),
      ).length;
    const line = (name: string, kind: string | null) =>
      `| ${name} | ${count(kind, "1")} | ${count(kind, "2")} | ${count(kind, null)} |`;
    for (const kind of kinds) expect(text).toContain(line(kind, kind));
    expect(text).toContain(line("all", null));
  });

  it("names files that there are, and tests by their titles", () => {
    expect(unfoundIn(text)).toEqual([]);
  });

  it("names a test wherever it says that one holds it", () => {
    const empty = rows.filter(
      ({ kind, held }) => kind === "test" && !/`[^`]+\.(?:test|e2e)\.ts`/.test(held),
    );
    expect(empty).toEqual([]);
  });
});
