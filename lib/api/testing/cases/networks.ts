import type { networkOperations } from "../../spec/networks";
import type { CasesOf } from "./case";

export const networkCases: CasesOf<typeof networkOperations> = {
  listNetworks: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
};
