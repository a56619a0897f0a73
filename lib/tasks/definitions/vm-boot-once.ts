import { z } from "zod";
import type { TaskDefinition } from "./definition";

const input = z.object({
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  /** Where the image lies. */
  medium: z.object({ pool: z.string(), volume: z.string() }),
  /** What its next start had; written by the task itself before it changes anything. */
  beforeXml: z.string().nullable(),
});

export type VmBootOnceTask = z.infer<typeof input>;

export const vmBootOnce: TaskDefinition<VmBootOnceTask> = {
  kind: "vm.boot_once",
  input,
  steps: ["check", "define", "start", "restore"],
  cancellable: false,
};
