import { z } from "zod";
import { videoModels } from "@/lib/model/video";
import { diskFormats, firmwares, virtTypes } from "@/lib/model/vm";
import type { TaskDefinition } from "./definition";

const volume = z.object({ pool: z.string(), volume: z.string() });

/** What becomes the definition: every id and name in it was chosen beforehand. */
export const specSchema = z.object({
  uuid: z.string(),
  domainName: z.string(),
  vmId: z.string(),
  projectId: z.string(),
  title: z.string(),
  virtType: z.enum(virtTypes),
  firmware: z.enum(firmwares),
  vcpus: z.number(),
  maxVcpus: z.number(),
  memoryKib: z.number(),
  maxMemoryKib: z.number(),
  modulesLimitKib: z.number().nullable().default(null),
  disk: volume.extend({ format: z.enum(diskFormats), serial: z.string() }),
  cdrom: volume.nullable(),
  network: z.string(),
  video: z.enum(videoModels).optional(),
  consoleSocketPath: z.string().nullable(),
});

const input = z.object({
  vmId: z.string(),
  hostId: z.string(),
  spec: specSchema,
  diskBytes: z.number(),
  imageId: z.string().nullable(),
  start: z.boolean(),
});

export type VmCreateTask = z.infer<typeof input>;

export const vmCreate: TaskDefinition<VmCreateTask> = {
  kind: "vm.create",
  input,
  steps: ["reserve", "volume", "define", "start", "finish"],
  cancellable: true,
};
