import { z } from "zod";
import { diskFormats } from "@/lib/model/vm";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  diskId: z.string(),
  pool: z.string(),
  volume: z.string(),
  format: z.enum(diskFormats),
  target: z.string(),
  /** What it was as a kept disk, for undoing. */
  kept: z.object({ target: z.string(), from: z.string().nullable(), at: z.string().nullable() }),
});

export type DiskAttachTask = z.infer<typeof input>;

export const diskAttach: TaskDefinition<DiskAttachTask> = {
  kind: "disk.attach",
  input,
  steps: ["reserve", "attach", "record"],
  // A guest need not let go of a disk again.
  cancellable: false,
};
