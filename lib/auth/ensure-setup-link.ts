import type { Db } from "@/lib/db/client";
import { makeSetupToken } from "./setup-token";

/**
 * The one-time link that makes the first administrator, while there is none; null afterwards.
 * Links printed by earlier starts stay good for their 24 hours: somebody may have one open.
 */
export async function ensureSetupLink(
  db: Db,
  origin: string,
  now: Date = new Date(),
): Promise<string | null> {
  const needed = (await db.user.count({ where: { isAdmin: true } })) === 0;
  await db.setupToken.deleteMany({ where: needed ? { expiresAt: { lte: now } } : {} });
  if (!needed) return null;
  return `${origin}/setup?token=${await makeSetupToken(db, now)}`;
}
