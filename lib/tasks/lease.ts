import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

export const openTaskStates = ["queued", "running", "unknown"];

/** A lease this far in the future was written before the clock went back: it is void. */
const absurdMs = 5 * 60_000;

/** The `where` of tasks that nobody holds at `now`. */
export function unheld(now: Date): Prisma.TaskWhereInput {
  return {
    state: { in: openTaskStates },
    OR: [
      { leaseUntil: null },
      { leaseUntil: { lte: now } },
      { leaseUntil: { gt: new Date(now.getTime() + absurdMs) } },
    ],
  };
}

/**
 * Takes a task for `owner`; false when another runner was faster or it has ended. An owner is one
 * run of a task: the same runner's next one is another, so that what a run writes late counts for
 * nothing.
 */
export async function claimTask(
  db: Db,
  taskId: string,
  lease: { owner: string; now: Date; leaseMs: number },
): Promise<boolean> {
  const until = new Date(lease.now.getTime() + lease.leaseMs);
  const claimed = await db.task.updateMany({
    where: { id: taskId, ...unheld(lease.now) },
    data: { state: "running", leaseOwner: lease.owner, leaseUntil: until },
  });
  return claimed.count === 1;
}

/** Prolongs a lease; null when it is lost, otherwise whether somebody asked to cancel. */
export async function renewLease(
  db: Db,
  taskId: string,
  lease: { owner: string; now: Date; leaseMs: number },
): Promise<{ cancelRequested: boolean } | null> {
  const renewed = await db.task.updateManyAndReturn({
    where: { id: taskId, leaseOwner: lease.owner, state: "running" },
    data: { leaseUntil: new Date(lease.now.getTime() + lease.leaseMs) },
    select: { cancelRequested: true },
  });
  return renewed[0] ?? null;
}

/** Gives a task back, so that the next runner need not wait for the lease to run out. */
export async function releaseLease(db: Db, taskId: string, owner: string, now: Date) {
  await db.task.updateMany({
    where: { id: taskId, leaseOwner: owner },
    data: { leaseOwner: null, leaseUntil: now },
  });
}
