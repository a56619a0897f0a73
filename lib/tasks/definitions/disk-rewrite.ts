import { z } from "zod";
import { diskFormats } from "@/lib/model/vm";
import type { RewriteKind } from "@/lib/model/volume/convert-plan";
import type { TaskDefinition } from "./definition";

const file = z.object({ volume: z.string(), format: z.enum(diskFormats) });

/** Every name in it was chosen beforehand. */
const input = z.object({
  vmId: z.string(),
  projectId: z.string(),
  hostId: z.string(),
  uuid: z.string(),
  target: z.string(),
  /** Of the VM's disk, and of the row that stands for the other file, whichever that is. */
  diskId: z.string(),
  otherId: z.string(),
  pool: z.string(),
  from: file,
  to: file,
  capacityBytes: z.number(),
  /** Whether the VM stays on its file. */
  copy: z.boolean(),
  keepOld: z.boolean(),
  /** Written by the task itself: how the file was when its rewriting began. */
  before: z.object({ changedAt: z.string().nullable(), allocationBytes: z.number() }).nullable(),
  /** Written by the task itself: what the new file takes. */
  afterBytes: z.number().nullable(),
});

export type DiskRewriteTask = z.infer<typeof input>;

function rewrite(kind: RewriteKind): TaskDefinition<DiskRewriteTask> {
  return {
    kind,
    input,
    steps: ["reserve", "copy", "verify", "switch", "old"],
    cancellable: true,
  };
}

/** One way for both: a file written anew gives back what it did not use. */
export const diskRewrites = {
  "disk.convert": rewrite("disk.convert"),
  "disk.compact": rewrite("disk.compact"),
} as const;
