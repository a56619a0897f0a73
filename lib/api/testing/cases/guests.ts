import type { guestOperations } from "../../spec/guests";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

/** Its agent is there, and its file systems are at rest. */
const frozen = async ({ world, ids }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) world.host.set({ ...vm, agentConnected: true });
  const vm = world.host.inventory.list().find(({ vmId }) => vmId === ids.vmId);
  const until = new Date("2040-01-01T00:00:00Z");
  await world.db.guestFreeze.create({
    data: { vmId: ids.vmId, bootId: vm?.bootId ?? "", until },
  });
};

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });

export const guestCases: CasesOf<typeof guestOperations> = {
  getVmGuest: {
    as: "viewer",
    input: ofVm,
    onHost: true,
    inGuest: true,
    refusals: [
      // No agent runs in it.
      ["vm.bad_state", {}],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
  setVmGuestPassword: {
    as: "member",
    input: (api) => ({ ...ofVm(api), user: "root", password: "a secret" }),
    onHost: true,
    inGuest: true,
    refusals: [
      ["vm.bad_state", {}],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
      ["input.invalid", { user: "a:b" }],
      ["input.invalid", { password: "two\nlines" }],
    ],
  },
  getVmFreeze: {
    as: "viewer",
    input: ofVm,
    refusals: [["not_found", { vmId: "nobody0000" }]],
  },
  freezeVmGuest: {
    as: "member",
    input: (api) => ({ ...ofVm(api), seconds: 60 }),
    onHost: true,
    inGuest: true,
    refusals: [
      ["vm.bad_state", {}],
      ["conflict.rule", {}, frozen],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
      ["input.invalid", { seconds: 4 }],
      ["input.invalid", { seconds: 601 }],
      ["input.invalid", { mountpoints: ["/a\n"] }],
    ],
  },
  thawVmGuest: {
    as: "member",
    input: ofVm,
    onHost: true,
    inGuest: true,
    refusals: [
      ["vm.bad_state", {}],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
};
