import { z } from "zod";
import {
  type SnapshotView,
  snapshotContents,
  snapshotStates,
  snapshotStorages,
} from "@/lib/model/snapshot";
import { timeSchema } from "./fields";
import { vmSizesSchema } from "./vm-schemas";

export const snapshotSchema = z
  .object({
    name: z.string(),
    description: z.string().nullable(),
    createdAt: timeSchema,
    parent: z.string().nullable().describe("The one that it grew out of."),
    current: z.boolean().describe("Whether the VM's present state grew out of it."),
    state: z.enum(snapshotStates).describe("What the guest did; other: its disks alone are kept."),
    content: z.enum(snapshotContents),
    storage: z
      .enum(snapshotStorages)
      .describe("Inside the disks, or files on top of them; mixed: what only virsh makes."),
    sizeBytes: z.number().nullable().describe("Null where nobody can tell."),
    sizes: vmSizesSchema.describe("What a revert brings back."),
    hotAddedVcpus: z.int(),
    sameDisks: z.boolean().describe("Whether the VM still has the disks that it had."),
    disks: z.array(
      z.object({
        target: z.string(),
        pool: z.string().nullable(),
        volume: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Snapshot" }) satisfies z.ZodType<SnapshotView>;
