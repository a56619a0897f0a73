import type { vmRescueOperations } from "../../spec/vm-rescues";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

export const vmRescueCases: CasesOf<typeof vmRescueOperations> = {
  startVmRescue: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, imageId: ids.imageId }),
    onHost: true,
    refusals: [
      // It runs.
      ["vm.bad_state", {}],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { imageId: "nobody0000" }],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
  endVmRescue: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, changed: "keep" as const }),
    onHost: true,
    refusals: [
      // It is in none.
      ["vm.bad_state", {}],
      ["host.unreachable", {}, away],
      ["input.invalid", { changed: "perhaps" }],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
};
