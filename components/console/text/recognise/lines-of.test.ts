import { expect, test } from "vitest";
import { linesOf } from "./lines-of";

const line = (text: string, confidence = 90) => ({ text: `${text}\n`, confidence });

test("lines of paragraphs stand apart; frames and icons that were taken for letters are left out", () => {
  const lines = linesOf([
    { paragraphs: [{ lines: [line("Configure the network"), line("|—__", 80)] }] },
    { paragraphs: [{ lines: [line("oO0", 12)] }, { lines: [line("| Go Back ||"), line("网络")] }] },
  ]);
  expect(lines).toEqual(["Configure the network", "", "Go Back", "网络"]);
  expect(linesOf(null)).toEqual([]);
});
