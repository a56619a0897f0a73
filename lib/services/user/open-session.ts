import { endSessionWith, startSession } from "@/lib/auth/session";
import { unsealSession } from "@/lib/auth/session-cookie";
import type { Prisma } from "@/lib/db/generated/client";
import type { Visitor } from "./visitor";

/**
 * Starts a session for a person who has just proved who they are. The id is always new, and a
 * session that the browser brought along ends: nobody can plant one beforehand.
 * Returns the secret for the cookie.
 */
export async function openSession(
  visitor: Visitor,
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<string> {
  const brought = await unsealSession(visitor.cookie);
  const { ip, userAgent } = visitor;
  const now = visitor.clock();
  if (brought !== null) await endSessionWith(tx, brought, now);
  const { secret } = await startSession(tx, { userId, ip, userAgent, now });
  await tx.user.update({ where: { id: userId }, data: { lastSignInAt: now } });
  return secret;
}
