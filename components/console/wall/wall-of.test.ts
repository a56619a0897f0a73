import { expect, it } from "vitest";
import type { VmView } from "@/lib/model/vm";
import { mostTiles, wallOf } from "./wall-of";

const vm = (name: string, bootId: string | null = "boot") => ({ name, bootId }) as VmView;

it("shows what runs, by name", () => {
  const { shown, left } = wallOf([vm("web"), vm("off", null), vm("db"), vm("Änderung")]);
  expect(shown.map((each) => each.name)).toEqual(["Änderung", "db", "web"]);
  expect(left).toBe(0);
});

it("leaves room for other consoles, and says how many it leaves out", () => {
  const many = Array.from({ length: mostTiles + 3 }, (_, at) => vm(`vm-${at}`));
  const { shown, left } = wallOf(many);
  expect([shown.length, left]).toEqual([mostTiles, 3]);
});
