import { withSnapshots } from "@/lib/services/testing/snapshots";
import type { snapshotOperations } from "../../spec/snapshots";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const nothing = { snapshot: "nothing" };

/** The VM has a disk and one snapshot from here on. */
function taken({ world, ids }: ApiWorld, names: readonly string[] = ["one"]) {
  for (const vm of world.host.inventory.list()) {
    if (vm.vmId === ids.vmId) world.host.set(withSnapshots(vm, names));
  }
  return { vmId: ids.vmId };
}

const ofOne = (api: ApiWorld) => ({ ...taken(api), snapshot: "one" });
const raw = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const nextDisks = vm.nextDisks.map((disk) => ({ ...disk, format: "raw" }));
    world.host.set({ ...vm, nextDisks });
  }
};
const hot = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const snapshots = vm.snapshots.map((each) => ({ ...each, hotAddedVcpus: 1 }));
    world.host.set({ ...vm, snapshots });
  }
};
const mixed = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const snapshots = vm.snapshots.map((each) => ({ ...each, storage: "mixed" as const }));
    world.host.set({ ...vm, snapshots });
  }
};
const noSnapshots = ({ world }: ApiWorld) =>
  world.db.project.update({ where: { id: world.project }, data: { maxSnapshots: 1 } });

export const snapshotCases: CasesOf<typeof snapshotOperations> = {
  listSnapshots: { as: "viewer", input: taken, refusals: [["not_found", { vmId: "nobody0000" }]] },
  getSnapshot: { as: "viewer", input: ofOne, refusals: [["not_found", nothing]] },
  createSnapshot: {
    as: "member",
    input: (api) => ({ ...taken(api), name: "two" }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["conflict.exists", { name: "one" }],
      ["conflict.rule", {}, raw],
      ["quota.exceeded", {}, noSnapshots],
      ["input.invalid", { name: "1" }],
      ["input.invalid", { name: "../x" }],
    ],
  },
  updateSnapshot: {
    as: "member",
    input: (api) => ({ ...ofOne(api), description: "text" }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nothing],
    ],
  },
  deleteSnapshot: {
    as: "member",
    input: (api) => ({ ...ofOne(api), children: "true" }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["conflict.rule", {}, mixed],
      ["not_found", nothing],
    ],
  },
  revertSnapshot: {
    as: "member",
    input: (api) => ({ ...ofOne(api), first: "now" }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["conflict.exists", { first: "one" }],
      ["conflict.rule", {}, hot],
      ["quota.exceeded", {}, noSnapshots],
      ["not_found", nothing],
    ],
  },
};
