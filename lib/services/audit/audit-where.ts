import type { Prisma } from "@/lib/db/generated/client";
import type { AuditFilter } from "@/lib/model/audit";
import { auditActions } from "@/lib/model/audit-actions";

export interface AuditWhere {
  /** What an index finds. */
  indexed: Prisma.AuditEventWhereInput;
  /** What has to be looked for in each of those rows; null when there is nothing of the kind. */
  looked: Prisma.AuditEventWhereInput | null;
}

/** Whether a name is a whole action and not the beginning of some. */
function isAction(name: string): boolean {
  return (auditActions as readonly string[]).includes(name);
}

/**
 * The filter as parts of a query. `withIps` is false for a reader who is not shown all addresses:
 * a search must not find out what is hidden.
 */
export function auditWhere(filter: AuditFilter, withIps: boolean): AuditWhere {
  const { projectId, from, until, actorId, targetId, requestId, action, outcome, search } = filter;
  const indexed: Prisma.AuditEventWhereInput = {
    ...(projectId && { projectId }),
    ...(actorId && { actorId }),
    ...(targetId && { targetId }),
    ...(requestId && { requestId }),
    ...(action && isAction(action) && { action }),
    ...((from || until) && { at: { ...(from && { gte: from }), ...(until && { lt: until }) } }),
  };
  const looked: Prisma.AuditEventWhereInput[] = [];
  if (action && !isAction(action)) looked.push({ action: { startsWith: action } });
  if (outcome) looked.push({ outcome });
  if (search) looked.push(containing(search, withIps));
  return { indexed, looked: looked.length > 0 ? { AND: looked } : null };
}

function containing(search: string, withIps: boolean): Prisma.AuditEventWhereInput {
  const contains = { contains: search };
  return {
    OR: [
      { actorName: contains },
      { targetName: contains },
      { targetId: contains },
      { action: contains },
      { detail: contains },
      { requestId: contains },
      ...(withIps ? [{ ip: contains }] : []),
    ],
  };
}
