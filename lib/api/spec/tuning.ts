import { z } from "zod";
import {
  type HostTuning,
  hugePagesSchema,
  schedulerSchema,
  tuneSchema,
  type VmTuning,
} from "@/lib/model/tuning";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";

const problems: readonly ProblemCode[] = [
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
];

const cells = z.array(
  z
    .object({
      cell: z.int(),
      memoryKib: z.number().nullable(),
      cpus: z.array(z.int()),
      total: z.int().describe("Pages of 2 MiB in its pool."),
      free: z.int().describe("Those that nobody has."),
    })
    .meta({ id: "CellPages" }),
);

const hostTuningSchema = z
  .object({
    hostId: idSchema,
    name: z.string(),
    cells,
    memoryFreeKib: z.number(),
    transparent: z
      .string()
      .nullable()
      .describe("Transparent huge pages of the portal's own machine: always, madvise or never."),
    queues: z
      .array(z.object({ disk: z.string(), scheduler: z.string(), choices: z.array(z.string()) }))
      .nullable()
      .describe("Disks of the portal's own machine; null for a host elsewhere."),
    commands: z.array(z.string()).describe("The same by hand."),
  })
  .meta({ id: "HostTuning" }) satisfies z.ZodType<HostTuning>;

const partsSchema = z
  .object({
    hugePages: z.boolean(),
    memoryCells: z.array(z.int()).nullable(),
    ioThreads: z.int(),
    disks: z.array(z.object({ target: z.string(), ioThread: z.int().nullable() })),
  })
  .meta({ id: "TunedParts" });

const vmTuningSchema = z
  .object({
    vmId: idSchema,
    now: partsSchema.nullable().describe("Of the running guest; null when it is off."),
    next: partsSchema,
    pages: z.int().describe("Huge pages that its next start takes, if it is to have such."),
    cells,
  })
  .meta({ id: "VmTuning" }) satisfies z.ZodType<VmTuning>;

const ofHost = z.strictObject({ hostId: hugePagesSchema.shape.hostId });
const ofVm = z.strictObject({ vmId: idSchema });

/** What the handbook's chapter on performance does: for administrators, and auditors to see. */
export const tuningOperations = {
  getHostTuning: operation({
    method: "GET",
    path: "/hosts/{hostId}/tuning",
    tag: "Hosts",
    summary: "Show a host's huge pages, cells and I/O schedulers",
    permission: "host.read",
    params: ofHost,
    status: 200,
    response: hostTuningSchema,
    problems,
    example: { hostId: "local" },
  }),
  setHostHugePages: operation({
    method: "PUT",
    path: "/hosts/{hostId}/huge-pages",
    tag: "Hosts",
    summary: "Set how many pages of 2 MiB a cell's pool has",
    description:
      "Until the host starts anew. What is in the pool is there for guests with huge pages alone. " +
      "Refused below what guests have, and beyond three quarters of the host's unused memory.",
    permission: "host.tune",
    params: ofHost,
    body: z.strictObject({ cell: hugePagesSchema.shape.cell, pages: hugePagesSchema.shape.pages }),
    status: 200,
    response: hostTuningSchema,
    problems: ["conflict.rule", ...problems],
    example: { hostId: "local", cell: 0, pages: 2048 },
  }),
  setHostScheduler: operation({
    method: "PUT",
    path: "/hosts/{hostId}/scheduler",
    tag: "Hosts",
    summary: "Set the I/O scheduler of a disk of the portal's own machine",
    description: "Until that machine starts anew.",
    permission: "host.tune",
    params: ofHost,
    body: z.strictObject({
      disk: schedulerSchema.shape.disk,
      scheduler: schedulerSchema.shape.scheduler,
    }),
    status: 200,
    response: hostTuningSchema,
    problems,
    example: { hostId: "local", disk: "sda", scheduler: "mq-deadline" },
  }),
  getVmTuning: operation({
    method: "GET",
    path: "/vms/{vmId}/tuning",
    tag: "VMs",
    summary: "Show where a VM's memory comes from and which threads serve its disks",
    description: "For administrators and auditors.",
    permission: "vm.process",
    params: ofVm,
    status: 200,
    response: vmTuningSchema,
    problems: ["vm.bad_state", ...problems],
    example: { vmId: "k3m9x2a7pq" },
  }),
  tuneVm: operation({
    method: "PUT",
    path: "/vms/{vmId}/tuning",
    tag: "VMs",
    summary: "Set where a VM's memory comes from and which threads serve its disks",
    description:
      "From its next start on. Disks that are not named stay as they are. Memory from huge pages " +
      "is refused while the pool is too small for that start.",
    permission: "vm.tune",
    params: ofVm,
    body: tuneSchema,
    status: 200,
    response: vmTuningSchema,
    problems: ["vm.bad_state", "conflict.rule", "conflict.stale", ...problems],
    example: {
      vmId: "k3m9x2a7pq",
      hugePages: true,
      memoryCells: [0],
      ioThreads: 2,
      disks: [{ target: "vda", ioThread: 1 }],
    },
  }),
} as const;
