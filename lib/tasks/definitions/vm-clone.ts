import { z } from "zod";
import { diskFormats } from "@/lib/model/vm";
import type { TaskDefinition } from "./definition";

const file = z.object({ volume: z.string(), format: z.enum(diskFormats) });

/** Every id and name in it was chosen beforehand. */
const input = z.object({
  /** The new VM. */
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  source: z.object({
    vmId: z.string(),
    uuid: z.string(),
    /** Of the definition that the quota was counted by. */
    digest: z.string(),
  }),
  identity: z.object({
    uuid: z.string(),
    domainName: z.string(),
    title: z.string(),
    description: z.string(),
    consoleSocketPath: z.string().nullable(),
  }),
  /** Whether the disks lie on those of the source, a template, rather than being copies. */
  linked: z.boolean().default(false),
  disks: z.array(
    z.object({
      /** Of the new row; also its serial number. */
      diskId: z.string(),
      target: z.string(),
      pool: z.string(),
      from: file,
      to: file,
      capacityBytes: z.number(),
      /** Written by the task itself: how the file was when its copying began. */
      before: z
        .object({ changedAt: z.string().nullable(), allocationBytes: z.number() })
        .nullable(),
    }),
  ),
});

export type VmCloneTask = z.infer<typeof input>;

export const vmClone: TaskDefinition<VmCloneTask> = {
  kind: "vm.clone",
  input,
  steps: ["reserve", "copy", "verify", "define", "finish"],
  cancellable: true,
};
