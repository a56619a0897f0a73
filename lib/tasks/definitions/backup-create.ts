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
  /** Only what has changed since `base`, where that can be; null: everything, and no checkpoint. */
  increment: z
    .object({
      base: z
        .object({
          backupId: z.string(),
          checkpoint: z.string(),
          chainEnd: z.string().nullable(),
          disks: z.array(
            z.object({ target: z.string(), capacityBytes: z.number(), volume: z.string() }),
          ),
        })
        .nullable(),
      /** Why it is full in any case. */
      full: z.object({ key: z.string() }).nullable(),
    })
    .nullable()
    .default(null),
});

export type BackupCreateTask = z.infer<typeof input>;

export const backupCreate: TaskDefinition<BackupCreateTask> = {
  kind: "backup.create",
  input,
  steps: ["reserve", "definition", "copy", "checksum", "finish"],
  cancellable: true,
};
