import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  /** The project that it has been given to. */
  projectId: z.string(),
});

export type VmTransferTask = z.infer<typeof input>;

export const vmTransfer: TaskDefinition<VmTransferTask> = {
  kind: "vm.transfer",
  input,
  steps: ["hand_over", "mark"],
  cancellable: false,
};
