import { dropCheckpoints } from "@/lib/hypervisor/backup/drop-checkpoints";
import { requireHost } from "@/lib/services/host/require-host";
import type { StepContext } from "./handler";

/**
 * Takes the marks of backups off a VM's disks, because what comes next could not be done with them
 * or would make them wrong; `why` is what the next backup says that cannot build on the last one.
 */
export async function endChain(
  { db, hosts }: StepContext,
  of: { hostId: string; uuid: string },
  why: `backup.full.${string}`,
): Promise<void> {
  await dropCheckpoints(requireHost(hosts, of.hostId), of.uuid);
  const vm = await db.vm.findUnique({ where: { uuid: of.uuid }, select: { id: true } });
  if (vm === null) return;
  await db.backup.updateMany({
    where: { vmId: vm.id, checkpoint: { not: null } },
    data: { chainEnd: why },
  });
}
