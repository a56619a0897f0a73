import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";

const lifetimeMs = 24 * 3_600_000;

export function setupTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A new one-time token for making the first administrator; its hash is stored, for 24 hours. */
export async function makeSetupToken(db: Db, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.setupToken.create({
    data: {
      tokenHash: setupTokenHash(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifetimeMs),
    },
  });
  return token;
}

/** Whether the token may still be used, right now. */
export async function isSetupTokenGood(db: Db, token: string, now: Date): Promise<boolean> {
  const row = await db.setupToken.findUnique({ where: { tokenHash: setupTokenHash(token) } });
  return row !== null && row.usedAt === null && row.expiresAt > now;
}
