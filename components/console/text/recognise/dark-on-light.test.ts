import { expect, test } from "vitest";
import { darkOnLight } from "./dark-on-light";

test("letters are dark on white, in the line that is drawn the other way round, too", () => {
  const [width, height] = [600, 32];
  const grey = new Uint8Array(width * height);
  // White letters on a ground that goes from dark to darker, then black ones on light grey.
  grey.fill(90, 0, width * 8).fill(100, width * 8, width * 16);
  grey.fill(230, width * 16);
  const letters = [width * 4 + 20, width * 12 + 20, width * 24 + 20];
  for (const [line, at] of letters.entries()) grey.fill(line < 2 ? 255 : 0, at, at + 100);
  darkOnLight(grey, width, height);
  for (const at of letters) expect(Math.max(...grey.subarray(at, at + 100))).toBeLessThan(10);
  for (const row of [0, 9, 17, 31]) {
    expect(Math.min(...grey.subarray(row * width, row * width + width))).toBeGreaterThan(220);
  }
});
