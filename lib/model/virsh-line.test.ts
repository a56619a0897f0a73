import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { virshLine } from "./virsh-line";

it("leaves plain words as they are and what is not given out", () => {
  expect(virshLine(["start", "p-ab12", null, false, "--paused"])).toBe(
    "virsh start p-ab12 --paused",
  );
  expect(virshLine(["desc", "p-ab12", "it's $HOME"])).toBe("virsh desc p-ab12 'it'\\''s $HOME'");
  expect(virshLine(["desc", "p-ab12", ""])).toBe("virsh desc p-ab12 ''");
});

it("a shell reads exactly the words that were meant", () => {
  const word = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const script = `virsh() { for word; do printf '%s\\0' "$word"; done; }; ${virshLine(words)}`;
      const read = execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" });
      expect(read).toBe(words.map((each) => `${each}\0`).join(""));
    }),
    { numRuns: 30 },
  );
});
