import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({ vmId: z.string(), hostId: z.string(), uuid: z.string() });

export type VmSaveTask = z.infer<typeof input>;

export const vmSave: TaskDefinition<VmSaveTask> = {
  kind: "vm.save",
  input,
  steps: ["save"],
  cancellable: true,
};
