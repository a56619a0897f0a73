import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { writeAudit } from "../audit";

/** For a log of many years: all of it is sealed in one transaction. */
const timeoutMs = 10 * 60_000;

/**
 * At start: begins the chain with the rows that an older version wrote, and says so in the log,
 * since nobody can know what happened to them before. Once only: a row without a place that turns
 * up later was put there by somebody else. Returns how many rows were sealed.
 */
export async function sealOlderRows(db: Db, clock = () => new Date()): Promise<number> {
  return db.$transaction(
    async (tx) => {
      if ((await tx.auditHead.count()) > 0) return 0;
      const rows = await tx.auditEvent.count({ where: { seq: null } });
      if (rows === 0) return 0;
      const actor = { userId: null, name: "portico", ip: "local" };
      await writeAudit(
        { db: tx, clock, requestId: newId(), actor },
        { action: "audit.seal", outcome: "ok", detail: { rows } },
      );
      return rows;
    },
    { timeout: timeoutMs },
  );
}
