import { z } from "zod";
import { diskFormats } from "@/lib/model/vm";
import type { TaskDefinition } from "./definition";

/** UEFI variables of a backup, and where they are to lie on the host. */
export const restoredVariables = z.object({
  from: z.object({ pool: z.string(), volume: z.string() }),
  folder: z.string(),
  name: z.string(),
});

export type RestoredVariables = z.infer<typeof restoredVariables>;

/** Every id and name of the new VM was chosen beforehand. */
const input = z.object({
  backupId: z.string(),
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  domainName: z.string(),
  title: z.string(),
  consoleSocketPath: z.string().nullable(),
  disks: z.array(
    z.object({
      target: z.string(),
      from: z.object({ pool: z.string(), volume: z.string() }),
      to: z.object({ pool: z.string(), volume: z.string(), format: z.enum(diskFormats) }),
      capacityBytes: z.number(),
      sizeBytes: z.number(),
    }),
  ),
  variables: restoredVariables.nullable().default(null),
  start: z.boolean(),
});

export type BackupRestoreTask = z.infer<typeof input>;

export const backupRestore: TaskDefinition<BackupRestoreTask> = {
  kind: "backup.restore",
  input,
  steps: ["reserve", "checksum", "copy", "define", "start", "finish"],
  cancellable: true,
};
