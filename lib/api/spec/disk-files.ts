import { z } from "zod";
import { type DiskFileView, diskTargetSchema } from "@/lib/model/volume/disk-file";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";

const params = z.strictObject({ vmId: idSchema, target: diskTargetSchema });
const example = { vmId: "k3m9x2a7pq", target: "vda" };
const hostProblems: readonly ProblemCode[] = [
  "vm.bad_state",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
];

const sizes = {
  capacityBytes: z.int().describe("As the guest sees it."),
  allocationBytes: z.int().describe("What it takes of its pool."),
  physicalBytes: z.int().nullable().describe("Length of the file, holes included."),
};

const headerSchema = z.object({
  version: z.int(),
  clusterBytes: z.int(),
  virtualBytes: z.int(),
  refcountBits: z.int(),
  compression: z.enum(["zlib", "zstd", "unknown"]),
  encryption: z.enum(["aes", "luks", "unknown"]).nullable(),
  snapshots: z.int().describe("Snapshots inside the file."),
  backing: z.object({ path: z.string(), format: z.string().nullable() }).nullable(),
  externalData: z.boolean(),
  dirty: z.boolean(),
  corrupt: z.boolean(),
  lazyRefcounts: z.boolean(),
  extendedL2: z.boolean(),
  unknownFeatures: z.boolean(),
});

const diskFileSchema = z
  .object({
    vmId: idSchema,
    target: z.string(),
    pool: z.string(),
    volume: z.string(),
    format: z.string().nullable().describe("What the VM takes the file for."),
    listedFormat: z.string().nullable().describe("What the host's list of volumes takes it for."),
    ...sizes,
    running: z.object(sizes).nullable().describe("As the running QEMU has them."),
    compat: z.string().nullable(),
    features: z.array(z.string()),
    encryption: z.string().nullable(),
    clusterBytes: z.int().nullable(),
    chain: z
      .array(z.object({ name: z.string(), format: z.string().nullable() }))
      .describe("The files below, next first."),
    header: headerSchema.nullable().describe("What the start of a qcow2 file says of itself."),
    headerProblem: z
      .object({ key: z.string() })
      .nullable()
      .describe("Why there is no header: a key of the portal's messages."),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "DiskFile" }) satisfies z.ZodType<DiskFileView>;

/** What a VM's disk lies in. */
export const diskFileOperations = {
  getVmDiskFile: operation({
    method: "GET",
    path: "/vms/{vmId}/disks/{target}/file",
    tag: "Disks",
    summary: "Show what a VM's disk lies in",
    description: "Format, sizes, files below and features, as the host tells them now.",
    permission: "disk.read",
    params,
    status: 200,
    response: diskFileSchema,
    problems: hostProblems,
    example,
  }),
} as const;
