import type { tuningOperations } from "../../spec/tuning";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const nobody = { vmId: "nobody0000" };
const nowhere = { hostId: "nobody0000" };

export const tuningCases: CasesOf<typeof tuningOperations> = {
  getHostTuning: {
    as: "auditor",
    input: () => ({ hostId: "local" }),
    onHost: true,
    refusals: [
      ["not_found", nowhere],
      ["host.unreachable", {}, away],
    ],
  },
  setHostHugePages: {
    as: "admin",
    input: () => ({ hostId: "local", cell: 0, pages: 0 }),
    onHost: true,
    refusals: [
      ["not_found", nowhere],
      ["input.invalid", { pages: -1 }],
      ["host.unreachable", {}, away],
    ],
  },
  setHostScheduler: {
    as: "admin",
    input: () => ({ hostId: "local", disk: "sdfake", scheduler: "none" }),
    onHost: true,
    refusals: [
      ["not_found", nowhere],
      ["input.invalid", { disk: "../sda" }],
      ["host.unreachable", {}, away],
    ],
  },
  getVmTuning: {
    as: "auditor",
    input: ofVm,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
    ],
  },
  tuneVm: {
    as: "admin",
    input: (api) => ({
      ...ofVm(api),
      hugePages: false,
      memoryCells: null,
      ioThreads: 1,
      disks: [{ target: "vda", ioThread: 1 }],
    }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
      ["input.invalid", { ioThreads: 17 }],
      ["input.invalid", { memoryCells: [] }],
    ],
  },
};
