import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";

/**
 * Throws `vm.bad_state` while a guest's file systems are held, before its memory is kept: it would
 * come back frozen, as another start of the guest, which nobody thaws.
 */
export async function refuseFrozen(
  tx: Pick<Prisma.TransactionClient, "guestFreeze">,
  vmId: string,
  bootId: string | null,
): Promise<void> {
  if (bootId === null || (await tx.guestFreeze.count({ where: { vmId, bootId } })) === 0) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `${vmId} is frozen, and would be so with its memory`,
    userMessage: { key: "guest.kept_frozen" },
  });
}
