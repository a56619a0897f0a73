import { newRecoveryCodes, recoveryCodeHash } from "@/lib/auth/recovery-code";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";

/** Replaces a person's recovery codes; only their hashes are kept, so they are shown this once. */
export async function replaceRecoveryCodes(
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ id: newId(), userId, codeHash: recoveryCodeHash(code) })),
  });
  return codes;
}

/** Codes for who sets up the first factor; null for who has some already. */
export async function firstRecoveryCodes(
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<string[] | null> {
  if ((await tx.recoveryCode.count({ where: { userId, usedAt: null } })) > 0) return null;
  return replaceRecoveryCodes(tx, userId);
}

/** Takes them away from who has no factor left that they could stand in for. */
export async function dropIdleRecoveryCodes(
  tx: Prisma.TransactionClient,
  userId: string,
): Promise<void> {
  const app = await tx.user.count({ where: { id: userId, totpConfirmedAt: { not: null } } });
  const passkeys = await tx.passkey.count({ where: { userId } });
  if (app + passkeys === 0) await tx.recoveryCode.deleteMany({ where: { userId } });
}
