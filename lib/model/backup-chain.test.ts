import { expect, it } from "vitest";
import {
  type ChainBase,
  type ChainVm,
  chainOf,
  incrementProblem,
  markProblem,
} from "./backup-chain";

const disk = { target: "vda", format: "qcow2", capacityBytes: 10 };
const vm: ChainVm = { running: true, snapshots: 0, disks: [disk], checkpoints: ["portico-a"] };
const base: ChainBase = {
  backupId: "a",
  checkpoint: "portico-a",
  chainEnd: null,
  disks: [{ target: "vda", capacityBytes: 10, volume: "b-a-vda.qcow2" }],
};

it("builds on one of the same disks whose checkpoint is there", () => {
  expect(incrementProblem(vm, base)).toBeNull();
  expect(markProblem(vm)).toBeNull();
});

it.each<[string, Partial<ChainVm>, Partial<ChainBase> | null]>([
  ["off", { running: false }, {}],
  ["snapshots", { snapshots: 1 }, {}],
  ["raw", { disks: [{ ...disk, format: "raw" }] }, {}],
  ["first", {}, null],
  ["restored", {}, { chainEnd: "backup.full.restored" }],
  ["disks", { disks: [disk, { ...disk, target: "vdb" }] }, {}],
  ["resized", { disks: [{ ...disk, capacityBytes: 11 }] }, {}],
  ["checkpoint", { checkpoints: ["portico-b"] }, {}],
])("says why not: %s", (reason, change, ofBase) => {
  const at = ofBase === null ? null : { ...base, ...ofBase };
  expect(incrementProblem({ ...vm, ...change }, at)?.key).toBe(`backup.full.${reason}`);
});

it("follows a chain to its full one, and ends all the same where it is broken or round", () => {
  const link = (id: string, baseId: string | null) => ({ id, baseId });
  const all = [link("c", "b"), link("b", "a"), link("a", null), link("x", "gone"), link("o", "o")];
  const ids = (id: string) => chainOf(all, id).map((each) => each.id);
  expect(ids("c")).toEqual(["c", "b", "a"]);
  expect(ids("a")).toEqual(["a"]);
  expect(ids("x")).toEqual(["x"]);
  expect(ids("o")).toEqual(["o"]);
  expect(ids("none")).toEqual([]);
});
