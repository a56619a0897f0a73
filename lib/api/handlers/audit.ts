import { listAudit } from "@/lib/services/audit/list-audit";
import type { auditOperations } from "../spec/audit";
import type { HandlersOf } from "./handler";
import { openCursor, sealCursor } from "./paged";

export const auditHandlers: HandlersOf<keyof typeof auditOperations> = {
  listAudit: async (ctx, { sort, ...filter }) => {
    const cursor = openCursor(sort, filter.cursor);
    const { rows, next, searchedTo } = await listAudit(ctx, { ...filter, cursor });
    return { items: rows, nextCursor: sealCursor(sort, next), searchedTo };
  },
};
