import { setTimeout as pause } from "node:timers/promises";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import type { ChainedRow } from "./chain";

export type FollowedRow = ChainedRow & { hash: string };

const pageRows = 500;
const pollMs = 1_000;

/**
 * The rows of the audit log behind that place, oldest first, and then each that is written, with
 * its hash: for a log that is kept elsewhere. Without a place only what is yet to come. Ends with
 * the signal. Throws `auth.forbidden` for who may not read all of the log.
 */
export async function* followAudit(
  ctx: Context,
  input: { after?: number; signal: AbortSignal },
): AsyncGenerator<FollowedRow> {
  assertCan(ctx.actor, "audit.read");
  const { signal } = input;
  let last = input.after ?? (await endOf(ctx));
  while (!signal.aborted) {
    const page = await ctx.db.auditEvent.findMany({
      where: { seq: { gt: last } },
      orderBy: { seq: "asc" },
      take: pageRows,
    });
    for (const row of page) {
      // A row has no place only until the first start that seals it.
      if (row.seq === null) continue;
      last = row.seq;
      yield { ...row, seq: row.seq };
    }
    // Aborted: the loop's condition ends it.
    if (page.length < pageRows) await pause(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function endOf({ db }: Context): Promise<number> {
  const last = await db.auditEvent.aggregate({ _max: { seq: true } });
  return last._max.seq ?? 0;
}
