import type { hostOperations } from "../../spec/hosts";
import type { CasesOf } from "./case";

export const hostCases: CasesOf<typeof hostOperations> = {
  listHosts: { as: "auditor", input: () => ({}) },
};
