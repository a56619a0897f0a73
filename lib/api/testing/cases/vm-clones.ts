import { liveSnapshot } from "@/lib/services/testing/snapshots";
import { addVm } from "@/lib/services/testing/world";
import type { vmCloneOperations } from "../../spec/vm-clones";
import type { ApiWorld } from "../api-world";
import { away, busyHost, deleting, full } from "./before";
import type { CasesOf } from "./case";

const off = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    world.host.set({ ...vm, state: "off", bootId: null });
  }
};

const snapshots = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const state = { state: "off", bootId: null } as const;
    world.host.set({ ...vm, ...state, snapshots: [liveSnapshot(vm, "one", {})] });
  }
};

export const vmCloneCases: CasesOf<typeof vmCloneOperations> = {
  cloneVm: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, name: "web-2", description: "Trial" }),
    onHost: true,
    refusals: [
      // It runs.
      ["vm.bad_state", {}],
      ["vm.bad_state", {}, deleting],
      [
        "conflict.exists",
        {},
        async (api) => {
          off(api);
          await addVm(api.world, { name: "web-2" });
        },
      ],
      [
        "quota.exceeded",
        {},
        async (api) => {
          off(api);
          await full(api);
        },
      ],
      [
        "conflict.rule",
        {},
        async (api) => {
          off(api);
          await busyHost(api);
        },
      ],
      ["host.unreachable", {}, away],
      ["conflict.rule", { linked: true }, off],
      ["input.invalid", { name: "" }],
      ["input.invalid", { description: "\u0000" }],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
  setVmTemplate: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, template: true }),
    onHost: true,
    refusals: [
      // It runs.
      ["vm.bad_state", {}],
      ["vm.bad_state", {}, deleting],
      ["conflict.rule", {}, snapshots],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
};
