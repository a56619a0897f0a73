import { deleteVolume } from "@/lib/hypervisor/volumes";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type BackupDeleteTask, backupDelete } from "../definitions/backup-delete";
import type { Step, TaskHandler } from "./handler";

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
  async run({ hosts }, { hostId, pool, files }) {
    const host = requireHost(hosts, hostId);
    for (const file of files) await deleteVolume(host, pool, file);
  },
};

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
