import type { Db } from "@/lib/db/client";
import type { Host } from "@/lib/hypervisor/types";
import { isNewBoot } from "@/lib/model/start-order";

/** So often at most is written down that the same boot was seen again. */
const noteEveryMs = 30_000;

/**
 * Looks whether a host has booted since it was looked at last, and has its VMs in the order wait for
 * their turn if so: in one transaction with the note of it, so that each boot is served once,
 * however many portals look and however often they start anew. The first look at a host serves
 * nothing: nobody knows what was started since that boot.
 */
export async function noticeBoot(
  db: Db,
  host: Host,
  { now, uptimeSeconds }: { now: Date; uptimeSeconds: number },
): Promise<void> {
  const hostId = host.id;
  const boot = { bootedAt: new Date(now.getTime() - uptimeSeconds * 1000), seenAt: now };
  const known = await db.hostBoot.findUnique({ where: { hostId } });
  if (known === null) {
    await db.hostBoot.upsert({ where: { hostId }, create: { hostId, ...boot }, update: {} });
    return;
  }
  const isNew = isNewBoot(known, boot);
  if (!isNew && now.getTime() - known.seenAt.getTime() < noteEveryMs) return;
  const { bootedAt, seenAt } = known;
  await db.$transaction(async (tx) => {
    const noted = await tx.hostBoot.updateMany({
      where: { hostId, bootedAt, seenAt },
      data: boot,
    });
    if (noted.count === 0 || !isNew) return;
    await tx.startOrder.updateMany({ where: { vm: { hostId } }, data: { dueAt: now } });
  });
}
