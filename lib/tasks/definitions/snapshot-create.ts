import { z } from "zod";
import type { TaskDefinition } from "./definition";

/** What a snapshot needs that is taken; every name in it was chosen beforehand. */
export const snapshotSpec = z.object({
  name: z.string(),
  description: z.string(),
  storage: z.enum(["internal", "external"]),
  memory: z.boolean(),
  quiesce: z.boolean(),
  /** Ends the names of the files that an external one lays on top. */
  suffix: z.string(),
});
export type SnapshotSpec = z.infer<typeof snapshotSpec>;

const input = snapshotSpec.extend({ vmId: z.string(), hostId: z.string(), uuid: z.string() });

export type SnapshotCreateTask = z.infer<typeof input>;

export const snapshotCreate: TaskDefinition<SnapshotCreateTask> = {
  kind: "snapshot.create",
  input,
  steps: ["reserve", "take", "finish"],
  cancellable: true,
};
