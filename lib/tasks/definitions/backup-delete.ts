import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  backupId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  pool: z.string(),
  files: z.array(z.string()),
});

export type BackupDeleteTask = z.infer<typeof input>;

export const backupDelete: TaskDefinition<BackupDeleteTask> = {
  kind: "backup.delete",
  input,
  steps: ["check", "volume", "forget"],
  cancellable: false,
};
