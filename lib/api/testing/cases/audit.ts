import type { auditOperations } from "../../spec/audit";
import type { CasesOf } from "./case";

export const auditCases: CasesOf<typeof auditOperations> = {
  listAudit: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, action: "vm.", limit: "3" }),
  },
};
