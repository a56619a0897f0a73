import type { diskFileOperations } from "../../spec/disk-files";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofDisk = ({ ids }: ApiWorld) => ({ vmId: ids.vmId, target: "vda" });

export const diskFileCases: CasesOf<typeof diskFileOperations> = {
  getVmDiskFile: {
    as: "viewer",
    input: ofDisk,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
      ["not_found", { target: "vdx" }],
      ["input.invalid", { target: "../etc" }],
    ],
  },
};
