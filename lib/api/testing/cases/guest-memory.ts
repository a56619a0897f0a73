import type { guestMemoryOperations } from "../../spec/guest-memory";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

export const guestMemoryCases: CasesOf<typeof guestMemoryOperations> = {
  getVmMemory: {
    as: "viewer",
    input: ({ ids }) => ({ vmId: ids.vmId }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
};
