import { z } from "zod";
import { diskFormats } from "@/lib/model/vm";
import type { TaskDefinition } from "./definition";

/** Every name in it was chosen beforehand. */
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
  capacityBytes: z.number(),
});

export type DiskAddTask = z.infer<typeof input>;

export const diskAdd: TaskDefinition<DiskAddTask> = {
  kind: "disk.add",
  input,
  steps: ["reserve", "volume", "attach"],
  // A guest need not let go of a disk again.
  cancellable: false,
};
