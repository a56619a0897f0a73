import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";

/** Throws `conflict.rule`, with the template's name, while a VM's disks lie on those of one. */
export async function refuseOnTop(
  tx: Pick<Prisma.TransactionClient, "disk">,
  vmId: string,
): Promise<void> {
  const linked = await tx.disk.findFirst({
    where: { vmId, base: { isNot: null } },
    select: { base: { select: { vm: { select: { name: true } } } } },
  });
  if (linked === null) return;
  throw new AppError({
    code: "conflict.rule",
    message: `disks of vm ${vmId} lie on a template`,
    userMessage: { key: "template.on_top", values: { name: linked.base?.vm?.name ?? "" } },
  });
}
