import type { processOperations } from "../../spec/processes";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

export const processCases: CasesOf<typeof processOperations> = {
  getVmProcess: {
    as: "auditor",
    input: ({ ids }) => ({ vmId: ids.vmId }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
};
