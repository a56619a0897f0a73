import { z } from "zod";
import type { TaskDefinition } from "./definition";

/** Every name in it was chosen beforehand. */
const input = z.object({
  backupId: z.string(),
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  pool: z.string(),
  definitionFile: z.string(),
  disks: z.array(z.object({ id: z.string(), target: z.string(), volume: z.string() })),
  /** Whether the guest's agent is asked to hold the file systems for a moment. */
  quiesce: z.boolean(),
});

export type BackupCreateTask = z.infer<typeof input>;

export const backupCreate: TaskDefinition<BackupCreateTask> = {
  kind: "backup.create",
  input,
  steps: ["reserve", "definition", "copy", "checksum", "finish"],
  cancellable: true,
};
