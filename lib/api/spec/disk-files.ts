import { z } from "zod";
import { compactDiskSchema, convertDiskSchema } from "@/lib/model/volume/convert-plan";
import {
  type DiskCheckView,
  type DiskFileView,
  diskTargetSchema,
} from "@/lib/model/volume/disk-file";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";
import { taskSchema } from "./task-schemas";

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

const rewriteProblems: readonly ProblemCode[] = [
  ...hostProblems,
  "conflict.rule",
  "quota.exceeded",
];
const rewriting =
  "Of a VM that is off: its host writes a second file, which counts against the quota meanwhile. Cancelled, that one is thrown away when it is done.";

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
    looksLike: z
      .string()
      .nullable()
      .describe("The format that the start of a raw file looks like."),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "DiskFile" }) satisfies z.ZodType<DiskFileView>;

const diskCheckSchema = z
  .object({
    corruptions: z.int().describe("Places where the tables contradict each other."),
    leaks: z.int().describe("Clusters that are taken and not used."),
    leakedBytes: z.int(),
    dataBytes: z.int().describe("What the guest has written."),
    dirty: z.boolean().describe("Whether its counts are late, and right again at the next start."),
  })
  .meta({ id: "DiskCheck" }) satisfies z.ZodType<DiskCheckView>;

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
  convertVmDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/{target}/convert",
    tag: "Disks",
    summary: "Convert a VM's disk between raw and qcow2",
    description: `${rewriting} A copy may have any format, and is kept as a disk of its own.`,
    permission: "vm.disk",
    params,
    body: convertDiskSchema,
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: rewriteProblems,
    example: { ...example, format: "raw", copy: false, keepOld: false },
  }),
  compactVmDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/{target}/compact",
    tag: "Disks",
    summary: "Give back what a VM's qcow2 disk does not use",
    description: rewriting,
    permission: "vm.disk",
    params,
    body: compactDiskSchema,
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: rewriteProblems,
    example: { ...example, keepOld: false },
  }),
  checkVmDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/{target}/check",
    tag: "Disks",
    summary: "Check a VM's qcow2 disk",
    description: "Of a VM that is off: its file's tables are compared. Nothing is repaired.",
    permission: "vm.disk",
    params,
    status: 200,
    response: diskCheckSchema,
    problems: [...hostProblems, "conflict.rule"],
    example,
  }),
} as const;
