import { publish } from "@/lib/services/live/bus";
import { type BackupVerifyTask, backupVerify } from "../definitions/backup-verify";
import { checkBackup } from "./check-backup";
import type { Step, TaskHandler } from "./handler";

const checksum: Step<BackupVerifyTask> = {
  async run(context, input) {
    try {
      await checkBackup(context, input);
    } finally {
      publish({ type: "backup", projectId: input.projectId });
    }
  },
};

export const backupVerifyHandler: TaskHandler<BackupVerifyTask> = {
  definition: backupVerify,
  steps: { checksum },
};
