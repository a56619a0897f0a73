import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  name: z.string(),
  /** With all that grew out of it. */
  children: z.boolean(),
});

export type SnapshotDeleteTask = z.infer<typeof input>;

export const snapshotDelete: TaskDefinition<SnapshotDeleteTask> = {
  kind: "snapshot.delete",
  input,
  steps: ["delete", "finish"],
  cancellable: true,
};
