import type { pinningOperations } from "../../spec/pinning";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const nobody = { vmId: "nobody0000" };

export const pinningCases: CasesOf<typeof pinningOperations> = {
  getVmPinning: {
    as: "auditor",
    input: ofVm,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
    ],
  },
  pinVm: {
    as: "admin",
    input: (api) => ({ ...ofVm(api), vcpus: [{ vcpu: 0, cpus: [0] }] }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
      ["input.invalid", { vcpus: [{ vcpu: 0, cpus: [] }] }],
      ["input.invalid", { emulator: [-1] }],
    ],
  },
};
