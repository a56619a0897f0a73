import type { Context } from "../context";

/**
 * What a request with this id has made before it died: the audit row is written in the
 * transaction of the work, so that there is one exactly when the work was done.
 */
export async function findDone(
  { db }: Pick<Context, "db">,
  requestId: string,
): Promise<{ targetId: string } | null> {
  const row = await db.auditEvent.findFirst({
    where: { requestId, outcome: "ok" },
    orderBy: { seq: "asc" },
    select: { targetId: true },
  });
  return row === null ? null : { targetId: row.targetId ?? "" };
}
