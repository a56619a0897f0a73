import type { startOrderOperations } from "../../spec/start-order";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const nobody = { vmId: "nobody0000" };

export const startOrderCases: CasesOf<typeof startOrderOperations> = {
  getVmStartOrder: { as: "viewer", input: ofVm, refusals: [["not_found", nobody]] },
  setVmStartOrder: {
    as: "member",
    input: (api) => ({ ...ofVm(api), place: { position: 10, delaySeconds: 30 } }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
      ["input.invalid", { place: { position: 0, delaySeconds: 0 } }],
      ["input.invalid", { place: { position: 1, delaySeconds: 601 } }],
    ],
  },
};
