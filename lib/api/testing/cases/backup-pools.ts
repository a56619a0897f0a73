import type { backupPoolOperations } from "../../spec/backup-pools";
import { away } from "./before";
import type { CasesOf } from "./case";

const nowhere = { hostId: "nobody0000" };

export const backupPoolCases: CasesOf<typeof backupPoolOperations> = {
  getBackupPool: {
    as: "auditor",
    input: () => ({ hostId: "local" }),
    refusals: [["not_found", nowhere]],
  },
  setBackupPool: {
    as: "admin",
    input: () => ({ hostId: "local", pool: null }),
    refusals: [
      ["not_found", nowhere],
      ["input.invalid", { pool: "" }],
      ["conflict.rule", { pool: "nobodys" }],
      ["host.unreachable", {}, away],
    ],
  },
};
