import { endAllSessions } from "@/lib/auth/session";
import { announceEnded } from "@/lib/auth/session-events";
import type { Prisma } from "@/lib/db/generated/client";
import { sessionIdOfToken } from "@/lib/policies/token-rights";

/**
 * For who may come in no more: ends the person's sessions, and cuts streams, uploads and consoles
 * that are open on them or on API tokens.
 */
export async function endAccess(
  tx: Pick<Prisma.TransactionClient, "session" | "signInCheck" | "apiToken">,
  userId: string,
): Promise<void> {
  const tokens = await tx.apiToken.findMany({ where: { userId }, select: { id: true } });
  await endAllSessions(tx, userId);
  announceEnded(tokens.map((token) => sessionIdOfToken(token.id)));
}
