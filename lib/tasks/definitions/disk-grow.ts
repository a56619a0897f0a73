import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  diskId: z.string(),
  pool: z.string(),
  volume: z.string(),
  target: z.string(),
  toBytes: z.number(),
});

export type DiskGrowTask = z.infer<typeof input>;

export const diskGrow: TaskDefinition<DiskGrowTask> = {
  kind: "disk.grow",
  input,
  steps: ["reserve", "resize", "record"],
  // A disk that has grown does not become smaller again.
  cancellable: false,
};
