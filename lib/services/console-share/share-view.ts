import { consoleSessions } from "@/lib/console/sessions";
import type { ConsoleShare } from "@/lib/db/generated/client";
import type { ConsoleShareView } from "@/lib/model/console-share";

/** A link's row as people see it, with who watches by it in this process now. */
export function toShareView(row: ConsoleShare): ConsoleShareView {
  const { id, name, createdByName, maxVisits, visitCount } = row;
  return {
    id,
    name,
    createdByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    maxVisits,
    visitCount,
    lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
    watching: consoleSessions()
      .list({ shareId: id })
      .map((each) => each.userName),
  };
}
