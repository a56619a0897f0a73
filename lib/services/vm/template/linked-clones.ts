import type { Prisma } from "@/lib/db/generated/client";
import type { VmLinks } from "@/lib/model/template";

/**
 * What lies on the disks of a template: VMs, those being made included, and disks that were kept
 * when such a VM was deleted. All of them are the template's project's.
 */
export async function linkedClones(
  tx: Pick<Prisma.TransactionClient, "disk">,
  templateId: string,
): Promise<VmLinks["clones"]> {
  const disks = await tx.disk.findMany({
    where: { base: { vmId: templateId } },
    select: { id: true, target: true, keptFrom: true, vm: { select: { id: true, name: true } } },
    orderBy: { id: "asc" },
  });
  const clones = new Map<string, VmLinks["clones"][number]>();
  for (const { id, target, keptFrom, vm } of disks) {
    const name = vm?.name ?? `${keptFrom}/${target}`;
    clones.set(vm?.id ?? id, { vmId: vm?.id ?? null, name });
  }
  return [...clones.values()].sort((a, b) => a.name.localeCompare(b.name));
}
