import { expect, it } from "vitest";
import { nextPicture, renewMs } from "./next-picture";

it("asks for the one in sight that has waited longest, and for none too early", () => {
  const asked = new Map([
    ["a", 1_000],
    ["b", 500],
    ["hidden", 0],
  ]);
  expect(nextPicture([], asked, 1_000_000)).toBeNull();
  expect(nextPicture(["a", "b"], asked, 500 + renewMs)).toBe("b");
  expect(nextPicture(["a", "b"], asked, 499 + renewMs)).toBeNull();
  expect(nextPicture(["a", "b", "new"], asked, 0)).toBe("new");
  expect(nextPicture(["a"], asked, 1_000 + renewMs)).toBe("a");
});
