import { z } from "zod";
import { adoptionSchema } from "@/lib/model/adoption";
import type { UnmanagedVmView } from "@/lib/model/host";
import { quotaResources } from "@/lib/model/quota";
import { firmwares } from "@/lib/model/vm";
import { vmStates } from "@/lib/model/vm-state";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";
import { vmSchema } from "./vm-schemas";

const uuid = "5f0c1c52-7b53-4f0e-9d5a-0d1f4d7f7a11";
const example = { projectId: "p7w2c4n8ta", hostId: "local", uuid, name: "shop" };
const hostProblems: readonly ProblemCode[] = [
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
];

const unmanagedSchema = z
  .object({
    uuid: z.string(),
    domainName: z.string(),
    hostId: idSchema,
    state: z.enum(vmStates),
    persistent: z.boolean().describe("False: its host forgets it when it is off."),
    vcpus: z.int(),
    memoryKib: z.number(),
  })
  .meta({ id: "UnmanagedVm" }) satisfies z.ZodType<UnmanagedVmView>;

const planSchema = z
  .object({
    hostId: idSchema,
    uuid: z.string(),
    domainName: z.string(),
    name: z.string().describe("What the project would call it."),
    transient: z.boolean(),
    firmware: z.enum(firmwares),
    vcpus: z.int(),
    memoryKib: z.number(),
    disks: z.array(
      z.object({
        target: z.string(),
        format: z.string().nullable(),
        pool: z.string().nullable().describe("Null: it lies in no pool of its host."),
        volume: z.string().nullable(),
        capacityBytes: z.number().nullable(),
      }),
    ),
    unusual: z
      .array(
        z.object({
          kind: z.enum(["element", "attribute", "value", "identity", "disk", "network", "mac"]),
          path: z.string(),
        }),
      )
      .describe("What its definition has beyond what Portico makes; it stays."),
    quota: z.array(
      z.object({
        resource: z.enum(quotaResources),
        limit: z.number(),
        used: z.number(),
        asked: z.number(),
        after: z.number(),
        over: z.boolean(),
      }),
    ),
    problems: z.array(z.object({ key: z.string(), detail: z.string() })),
    possible: z.boolean().describe("False when anything stands against it: nothing is done then."),
  })
  .meta({ id: "AdoptionPlan" });

const { projectId, ...body } = adoptionSchema.shape;
const params = z.strictObject({ projectId });

/** Machines that were made elsewhere: into a project, and out again. */
export const adoptionOperations = {
  listUnmanagedVms: operation({
    method: "GET",
    path: "/unmanaged-vms",
    tag: "Hosts",
    summary: "List machines that no project has",
    permission: "vm.read_unmanaged",
    status: 200,
    response: z.object({ items: z.array(unmanagedSchema) }),
  }),
  planVmAdoption: operation({
    method: "POST",
    path: "/projects/{projectId}/adoptions/plan",
    tag: "VMs",
    summary: "Show what adopting a machine would do",
    description: "Disks, quota, what is unusual in its definition and what stands against it.",
    permission: "vm.adopt",
    params,
    body: z.strictObject(body),
    status: 200,
    response: planSchema,
    problems: ["conflict.exists", ...hostProblems],
    example,
  }),
  adoptVm: operation({
    method: "POST",
    path: "/projects/{projectId}/adoptions",
    tag: "VMs",
    summary: "Make a machine that was made elsewhere a VM of a project",
    description:
      "It runs on and keeps its definition; only whose it is goes into its metadata. Each of its " +
      "disks must be a file of its own in a pool of its host. It gets no lease.",
    permission: "vm.adopt",
    params,
    body: z.strictObject(body),
    status: 201,
    response: vmSchema,
    problems: [
      "conflict.exists",
      "conflict.rule",
      "quota.exceeded",
      "vm.bad_state",
      ...hostProblems,
    ],
    example,
  }),
  releaseVm: operation({
    method: "POST",
    path: "/vms/{vmId}/release",
    tag: "VMs",
    summary: "Let go of a VM",
    description:
      "The portal forgets it; on its host the guest, its disks and its snapshots stay as they are.",
    permission: "vm.adopt",
    params: z.strictObject({ vmId: idSchema }),
    status: 204,
    response: null,
    problems: ["vm.bad_state", ...hostProblems],
    example: { vmId: "k3m9x2a7pq" },
  }),
} as const;
