import { deleteCheckpoint } from "@/lib/hypervisor/backup/checkpoints";
import type { Host } from "@/lib/hypervisor/types";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type BackupDeleteTask, backupDelete } from "../definitions/backup-delete";
import type { Step, StepContext, TaskHandler } from "./handler";

const check: Step<BackupDeleteTask> = {
  async run({ hosts }, { hostId }) {
    requireHost(hosts, hostId);
  },
  async undo({ db }, { backupId, projectId }) {
    await db.backup.updateMany({ where: { id: backupId }, data: { state: "ready" } });
    publish({ type: "backup", projectId });
  },
};

const volume: Step<BackupDeleteTask> = {
  async run(context, { backupId, hostId, pool, files }) {
    const host = requireHost(context.hosts, hostId);
    await forgetMark(context, host, backupId);
    for (const file of files) await deleteVolume(host, pool, file);
  },
};

/** Of a VM that is off the next increment does it, for only QEMU can. */
async function forgetMark({ db, log }: StepContext, host: Host, backupId: string): Promise<void> {
  const backup = await db.backup.findUnique({ where: { id: backupId } });
  if (backup?.checkpoint == null) return;
  const vm = await db.vm.findUnique({ where: { id: backup.vmId }, select: { uuid: true } });
  if (vm === null || !host.inventory.get(vm.uuid)?.bootId) return;
  await deleteCheckpoint(host, vm.uuid, backup.checkpoint).catch((error: unknown) =>
    log.warn({ err: error, backupId }, "the checkpoint of a deleted backup stays"),
  );
}

const forget: Step<BackupDeleteTask> = {
  async run({ db }, { backupId, projectId }) {
    await db.backup.deleteMany({ where: { id: backupId } });
    publish({ type: "backup", projectId });
  },
};

export const backupDeleteHandler: TaskHandler<BackupDeleteTask> = {
  definition: backupDelete,
  steps: { check, volume, forget },
};
