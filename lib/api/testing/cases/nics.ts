import { liveNic } from "@/lib/services/testing/live-nic";
import type { nicOperations } from "../../spec/nics";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { Case, CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const ofNic = (api: ApiWorld) => ({ ...ofVm(api), mac: "52:54:00:00:00:01" });
const noPort = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) world.host.set({ ...vm, freePorts: 0 });
};
const userNetwork = ({ world }: ApiWorld) => {
  const nics = [liveNic("52:54:00:00:00:01", { type: "user", network: "user" })];
  for (const vm of world.host.inventory.list()) world.host.set({ ...vm, nics });
};

const refusals: Case<keyof typeof nicOperations>["refusals"] = [
  ["vm.bad_state", {}, deleting],
  ["not_found", { vmId: "nobody0000" }],
  ["host.unreachable", {}, away],
];

export const nicCases: CasesOf<typeof nicOperations> = {
  addVmNic: {
    as: "member",
    input: (api) => ({ ...ofVm(api), network: "default", model: "virtio" }),
    onHost: true,
    refusals: [
      ...refusals,
      ["conflict.rule", {}, noPort],
      ["input.invalid", { network: "nowhere" }],
    ],
  },
  removeVmNic: {
    as: "member",
    input: ofNic,
    onHost: true,
    refusals,
  },
  moveVmNic: {
    as: "member",
    input: (api) => ({ ...ofNic(api), network: "default" }),
    onHost: true,
    refusals: [...refusals, ["input.invalid", { network: "nowhere" }]],
  },
  setVmNicModel: {
    as: "member",
    input: (api) => ({ ...ofNic(api), model: "e1000e" }),
    onHost: true,
    refusals,
  },
  setVmNicLimits: {
    as: "admin",
    input: (api) => ({ ...ofNic(api), inbound: { average: 100 }, outbound: null }),
    onHost: true,
    refusals: [...(refusals ?? []), ["conflict.rule", {}, userNetwork]],
  },
  setVmNicLink: {
    as: "member",
    input: (api) => ({ ...ofNic(api), up: false }),
    onHost: true,
    refusals,
  },
};
