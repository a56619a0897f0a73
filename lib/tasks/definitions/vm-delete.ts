import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  keepDisks: z.boolean(),
});

export type VmDeleteTask = z.infer<typeof input>;

export const vmDelete: TaskDefinition<VmDeleteTask> = {
  kind: "vm.delete",
  input,
  steps: ["stop", "undefine", "volumes", "forget"],
  cancellable: false,
};
