const hourMs = 3_600_000;

/** How long a session lives, in milliseconds. */
export const sessionLimits = {
  /** Without any request. */
  idleMs: 12 * hourMs,
  /** Whatever happens. */
  absoluteMs: 7 * 24 * hourMs,
  /** How stale `seenAt` may become, so that not every request writes a row. */
  touchMs: 60_000,
} as const;

/** Whether the session still gives access at `now`. */
export function isAlive(
  session: { revokedAt: Date | null; expiresAt: Date; seenAt: Date },
  now: Date,
): boolean {
  return (
    session.revokedAt === null &&
    session.expiresAt > now &&
    session.seenAt.getTime() + sessionLimits.idleMs > now.getTime()
  );
}
