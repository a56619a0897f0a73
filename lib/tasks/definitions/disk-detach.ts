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
  vmName: z.string(),
  /** With everything on it; else it is kept. */
  remove: z.boolean(),
});

export type DiskDetachTask = z.infer<typeof input>;

export const diskDetach: TaskDefinition<DiskDetachTask> = {
  kind: "disk.detach",
  input,
  steps: ["reserve", "detach", "volume", "record"],
  // The guest has been asked, and nobody can take that back.
  cancellable: false,
};
