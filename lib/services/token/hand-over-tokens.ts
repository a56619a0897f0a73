import type { Prisma } from "@/lib/db/generated/client";

/**
 * Gives the projects' tokens that somebody made to somebody else, before his account is deleted:
 * they belong to the projects. His own end with him. Returns how many moved.
 */
export async function handOverTokens(
  tx: Pick<Prisma.TransactionClient, "apiToken">,
  from: { userId: string },
  to: { userId: string },
): Promise<number> {
  const { count } = await tx.apiToken.updateMany({
    where: { userId: from.userId, projectId: { not: null } },
    data: { userId: to.userId },
  });
  return count;
}
