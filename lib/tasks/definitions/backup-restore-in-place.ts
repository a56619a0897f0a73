import { z } from "zod";
import { diskFormats } from "@/lib/model/vm";
import { restoredVariables } from "./backup-restore";
import type { TaskDefinition } from "./definition";

const state = z.object({
  vcpus: z.number(),
  memoryKib: z.number(),
  maxMemoryKib: z.number(),
  firmware: z.string(),
});

/** Every name was chosen beforehand. */
const input = z.object({
  backupId: z.string(),
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  title: z.string(),
  description: z.string(),
  /** The disks that the VM gets, each with its row. */
  disks: z.array(
    z.object({
      id: z.string(),
      target: z.string(),
      from: z.object({ pool: z.string(), volume: z.string() }),
      to: z.object({ pool: z.string(), volume: z.string(), format: z.enum(diskFormats) }),
      capacityBytes: z.number(),
      sizeBytes: z.number(),
    }),
  ),
  /** Those that it has; one whose place the backup does not know is kept as the project's. */
  old: z.array(
    z.object({ id: z.string(), pool: z.string(), volume: z.string(), replaced: z.boolean() }),
  ),
  variables: restoredVariables.nullable().default(null),
  before: state,
  after: state,
  /** Written down by the task itself: the definition of before. */
  xml: z.string().nullable(),
  /** Written down by the task itself: the former disks are about to go, so that there is no way back. */
  final: z.boolean(),
});

export type BackupRestoreInPlaceTask = z.infer<typeof input>;

export const backupRestoreInPlace: TaskDefinition<BackupRestoreInPlaceTask> = {
  kind: "backup.restore_in_place",
  input,
  steps: ["reserve", "checksum", "copy", "switch", "old"],
  cancellable: true,
};
