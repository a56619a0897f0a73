import type { Db } from "@/lib/db/client";
import { logger } from "@/lib/log";
import { announceEnded } from "./session-events";
import { sessionLimits } from "./session-limits";

const everyMs = 2_000;
const keepEndedMs = 30 * 24 * 3_600_000;

/**
 * Ends what has run out of time, and announces the sessions that ended since `since`: also
 * those that another process ended, whose announcement nobody here has heard.
 */
export async function sweepSessions(db: Db, since: Date, now: Date): Promise<void> {
  const idleSince = new Date(now.getTime() - sessionLimits.idleMs);
  const runOut = {
    revokedAt: null,
    OR: [{ expiresAt: { lte: now } }, { seenAt: { lte: idleSince } }],
  };
  // Counted first: an update takes the write lock even when it changes nothing.
  if ((await db.session.count({ where: runOut })) > 0) {
    await db.session.updateMany({ where: runOut, data: { revokedAt: now } });
    await db.session.deleteMany({
      where: { revokedAt: { lt: new Date(now.getTime() - keepEndedMs) } },
    });
  }
  const ended = await db.session.findMany({
    where: { revokedAt: { gte: since } },
    select: { id: true },
  });
  announceEnded(ended.map((each) => each.id));
}

/** Sweeps every two seconds until the returned function is called. */
export function startSessionSweep(db: Db): () => void {
  let since = new Date();
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    const now = new Date();
    try {
      await sweepSessions(db, since, now);
      // Overlaps a little: clocks of two processes, and rows written during the sweep.
      since = new Date(now.getTime() - everyMs);
    } catch (error) {
      logger().error({ err: error }, "sweeping sessions failed");
    } finally {
      busy = false;
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
