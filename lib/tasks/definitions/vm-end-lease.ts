import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  /** How long the guest may take to shut down before it is forced off. */
  waitMs: z.number(),
});

export type VmEndLeaseTask = z.infer<typeof input>;

export const vmEndLease: TaskDefinition<VmEndLeaseTask> = {
  kind: "vm.end_lease",
  input,
  steps: ["shutdown", "force_off"],
  cancellable: false,
};
