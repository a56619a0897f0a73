import { z } from "zod";
import type { TaskDefinition } from "./definition";
import { snapshotSpec } from "./snapshot-create";

const sizes = z.object({ vcpus: z.number(), memoryKib: z.number(), maxMemoryKib: z.number() });

const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  name: z.string(),
  storage: z.enum(["internal", "external"]),
  /** Whether the guest ran when it was asked for: what undoing goes back to. */
  ran: z.boolean(),
  /** Whether it shall run afterwards. */
  runs: z.boolean(),
  /** Taken before anything else; null: none. It stays, whatever becomes of the rest. */
  first: snapshotSpec.nullable(),
  /** Ends the names of the files that an external one needs. */
  suffix: z.string(),
  /** Of the VM's row, as it was and as it will be. */
  sizesBefore: sizes,
  sizesAfter: sizes,
  /** What undoing goes back to; written by the task itself before it changes anything. */
  before: z.object({ xml: z.string(), current: z.string().nullable() }).nullable(),
});

export type SnapshotRevertTask = z.infer<typeof input>;

export const snapshotRevert: TaskDefinition<SnapshotRevertTask> = {
  kind: "snapshot.revert",
  input,
  steps: ["reserve", "check", "first", "stop", "disks", "revert", "start", "finish"],
  cancellable: false,
};
