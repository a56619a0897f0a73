import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({ vmId: z.string(), hostId: z.string(), uuid: z.string() });

export type VmStartInOrderTask = z.infer<typeof input>;

/** A VM's start after its host has booted. */
export const vmStartInOrder: TaskDefinition<VmStartInOrderTask> = {
  kind: "vm.start_in_order",
  input,
  steps: ["start"],
  cancellable: false,
};
