const hourMs = 3_600_000;
/** A day of a lease is 24 hours, whatever the clock on the wall does in the meantime. */
const dayMs = 24 * hourMs;

/** How long before its end a lease is told. */
export const leaseNoticeDays = 3;
/** How long a VM stays, shut down, after its lease has ended. */
export const leaseGraceDays = 7;
/** An extension that adds less than this is none. */
const leastExtensionMs = hourMs;

export interface LeaseRow {
  leaseEndsAt: Date | null;
  leaseNoticedAt: Date | null;
  leaseStoppedAt: Date | null;
}

/** What the page shows of a lease; null where a VM has none. Times are ISO. */
export interface LeaseView {
  endsAt: string;
  /** Whether the end is near, and has been told. */
  noticed: boolean;
  /** When the VM was shut down because its lease had ended; null before. */
  stoppedAt: string | null;
  /** When it will be deleted unless somebody extends; null before it was shut down, and while it is locked. */
  deletesAt: string | null;
}

export function toLeaseView(row: LeaseRow & { locked: boolean }): LeaseView | null {
  if (row.leaseEndsAt === null) return null;
  const { leaseStoppedAt: stoppedAt } = row;
  return {
    endsAt: row.leaseEndsAt.toISOString(),
    noticed: row.leaseNoticedAt !== null,
    stoppedAt: stoppedAt?.toISOString() ?? null,
    deletesAt: stoppedAt && !row.locked ? deletionAt(stoppedAt).toISOString() : null,
  };
}

/** The end of a lease that begins now; null where the project gives none. */
export function leaseEnd(leaseDays: number | null, now: Date): Date | null {
  return leaseDays === null ? null : new Date(now.getTime() + leaseDays * dayMs);
}

/** The grace begins when the VM was shut down, however late that was. */
export function deletionAt(stoppedAt: Date): Date {
  return new Date(stoppedAt.getTime() + leaseGraceDays * dayMs);
}

/** From when on the end of a lease is near. */
export function noticeAt(endsAt: Date): Date {
  return new Date(endsAt.getTime() - leaseNoticeDays * dayMs);
}

export type LeaseStep = "notice" | "stop" | "delete";

/**
 * What is to be done about a lease now; null for nothing. Each step leaves its time in the row, so
 * that none is done twice, also when the clock goes back.
 */
export function nextLeaseStep(row: LeaseRow, now: Date): LeaseStep | null {
  const { leaseEndsAt: endsAt, leaseStoppedAt: stoppedAt } = row;
  if (endsAt === null) return null;
  if (stoppedAt !== null) return now >= deletionAt(stoppedAt) ? "delete" : null;
  if (now >= endsAt) return "stop";
  return row.leaseNoticedAt === null && now >= noticeAt(endsAt) ? "notice" : null;
}

export type Extension =
  | { ok: true; endsAt: Date }
  | { ok: false; reason: "none" | "admin_only" | "full" };

/** How far a member may extend a lease: the form shows it and the server follows it. */
export function extensionOf(endsAt: Date | null, leaseDays: number | null, now: Date): Extension {
  if (endsAt === null) return { ok: false, reason: "none" };
  const furthest = leaseEnd(leaseDays, now);
  if (furthest === null) return { ok: false, reason: "admin_only" };
  if (furthest.getTime() - endsAt.getTime() < leastExtensionMs)
    return { ok: false, reason: "full" };
  return { ok: true, endsAt: furthest };
}
