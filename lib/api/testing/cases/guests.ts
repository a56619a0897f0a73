import type { guestOperations } from "../../spec/guests";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

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
};
