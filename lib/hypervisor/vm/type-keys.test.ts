import { expect, it } from "vitest";
import { layoutIds, tableOf } from "@/lib/model/keyboard/layouts";
import { linuxKeys } from "./type-keys";

it("has a number for every key that a layout types with", () => {
  const codes = layoutIds.flatMap((id) =>
    [...tableOf(id).values()].flatMap((strokes) => strokes.map(({ code }) => code)),
  );
  expect([...new Set(codes)].filter((code) => !linuxKeys.has(code))).toEqual([]);
  expect(new Set(linuxKeys.values()).size).toBe(linuxKeys.size);
  const known = ["KeyA", "KeyZ", "Enter", "ShiftLeft", "Slash", "Digit0"];
  expect(known.map((code) => linuxKeys.get(code))).toEqual([30, 44, 28, 42, 53, 11]);
});
