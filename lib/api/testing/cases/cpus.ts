import type { cpuOperations } from "../../spec/cpus";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const nobody = { vmId: "nobody0000" };

export const cpuCases: CasesOf<typeof cpuOperations> = {
  getVmCpu: {
    as: "viewer",
    input: ofVm,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
    ],
  },
  setVmCpu: {
    as: "member",
    input: (api) => ({ ...ofVm(api), maxVcpus: 4, sockets: 1, cores: 4, threads: 1 }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
      ["input.invalid", { cores: 0 }],
      ["input.invalid", { model: "a <model>" }],
    ],
  },
};
