import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  diskId: z.string(),
  hostId: z.string(),
  pool: z.string(),
  volume: z.string(),
});

export type DiskDeleteTask = z.infer<typeof input>;

export const diskDelete: TaskDefinition<DiskDeleteTask> = {
  kind: "disk.delete",
  input,
  steps: ["check", "volume", "forget"],
  cancellable: false,
};
