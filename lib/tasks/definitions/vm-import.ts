import { z } from "zod";
import { importDrivers, sourceFormats } from "@/lib/model/appliance";
import type { TaskDefinition } from "./definition";
import { specSchema } from "./vm-create";

/** Every id and name of the new VM was chosen beforehand. */
const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  imageId: z.string(),
  spec: specSchema.extend({
    moreDisks: z.array(specSchema.shape.disk),
    drivers: z.enum(importDrivers),
    nics: z.number(),
  }),
  disks: z.array(
    z.object({
      /** Where in the uploaded file it lies, and what it was found to be. */
      from: z.object({
        offset: z.number(),
        sizeBytes: z.number(),
        format: z.enum(sourceFormats),
        capacityBytes: z.number(),
      }),
      to: z.object({ pool: z.string(), volume: z.string() }),
    }),
  ),
  start: z.boolean(),
  /** Whether the uploaded file stays. */
  keep: z.boolean(),
});

export type VmImportTask = z.infer<typeof input>;

export const vmImport: TaskDefinition<VmImportTask> = {
  kind: "vm.import",
  input,
  steps: ["reserve", "disks", "define", "start", "finish", "source"],
  cancellable: true,
};
