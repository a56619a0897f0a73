import { z } from "zod";
import {
  type DefinitionChange,
  type DefinitionPlan,
  definitionParts,
  definitionRefusalKeys,
  maxDefinitionChars,
} from "@/lib/model/definition";
import { quotaResources } from "@/lib/model/quota";
import { type VmChangePreview, vmChangeSchema } from "@/lib/model/vm-change";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";
import { vmSizesSchema } from "./vm-schemas";

const vmParams = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };
const hostProblems: readonly ProblemCode[] = [
  "vm.bad_state",
  "host.unreachable",
  "host.outcome_unknown",
  "host.refused",
  "host.unsupported",
  "host.timeout",
];

const textSchema = z
  .object({
    xml: z.string(),
    digest: z.string().describe("Names this very text, for `digest` of a change."),
  })
  .meta({ id: "DefinitionText" });

const changeSchema = z
  .object({
    part: z.enum(definitionParts),
    kind: z.enum(["added", "removed", "changed"]),
    subject: z.string().describe("Which one, where there are several; else empty."),
    when: z.enum(["now", "next_boot"]),
    facts: z.array(
      z.object({
        path: z.string().describe("Inside the part: `source@volume`; empty for its own text."),
        from: z.string().nullable(),
        to: z.string().nullable(),
        unit: z.literal("KiB").optional(),
      }),
    ),
  })
  .meta({ id: "DefinitionChange" }) satisfies z.ZodType<DefinitionChange>;

const definitionSchema = z
  .object({
    now: textSchema.nullable().describe("What runs; null while the VM is off, or not asked for."),
    nextBoot: textSchema.nullable().describe("Null when it was not asked for."),
    pending: z.array(changeSchema).describe("What the next boot changes of what runs."),
    hidden: z
      .boolean()
      .describe("Whether facts of the host stand as `(hidden)`. They may be sent back so."),
  })
  .meta({ id: "Definition" });

const planSchema = z
  .object({
    digest: z.string(),
    changes: z.array(changeSchema),
    refusals: z.array(
      z.object({
        key: z.enum(definitionRefusalKeys),
        values: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
    unusual: z.array(
      z.object({
        kind: z.enum(["element", "attribute", "value", "identity", "disk", "network", "mac"]),
        path: z.string(),
      }),
    ),
    needsProof: z.boolean(),
    before: z.string(),
    after: z.string(),
    next: vmSizesSchema,
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
    possible: z.boolean().describe("False when anything stands against it: nothing is done then."),
    changed: z.boolean(),
  })
  .meta({ id: "DefinitionPlan" }) satisfies z.ZodType<DefinitionPlan>;

const previewSchema = z
  .object({
    changes: z.array(changeSchema).describe("Empty: the definition stays as it is."),
    before: z.string(),
    after: z.string().describe("`…` stands for what is chosen only when it is done."),
  })
  .meta({ id: "VmChangePreview" }) satisfies z.ZodType<VmChangePreview>;

const body = z.strictObject({
  xml: z.string().min(1).max(maxDefinitionChars),
  digest: z
    .string()
    .max(64)
    .optional()
    .describe("Of the definition that you decided by: refused when there is another by now."),
});
const xml = '<domain type="kvm">…</domain>';

export const definitionOperations = {
  getVmDefinition: operation({
    method: "GET",
    path: "/vms/{vmId}/definition",
    tag: "VMs",
    summary: "Show a VM's definition",
    description:
      "libvirt's XML of what runs and of what the next boot uses, without secrets. What belongs to " +
      "the host is hidden from members of projects.",
    permission: "vm.read",
    params: vmParams,
    query: z.strictObject({
      at: z.enum(["now", "next-boot"]).optional().describe("Only this one."),
    }),
    status: 200,
    response: definitionSchema,
    problems: hostProblems,
    example,
  }),
  planVmDefinition: operation({
    method: "POST",
    path: "/vms/{vmId}/definition/plan",
    tag: "VMs",
    summary: "Show what another definition would do",
    description: "The same plan that defining carries out. Nothing is changed.",
    permission: "vm.restore",
    params: vmParams,
    body,
    status: 200,
    response: planSchema,
    problems: [...hostProblems, "conflict.stale"],
    example: { ...example, xml },
  }),
  defineVm: operation({
    method: "PUT",
    path: "/vms/{vmId}/definition",
    tag: "VMs",
    summary: "Give a VM another definition",
    description:
      "For its next boot; title and description at once. An owner may restore what Portico makes " +
      "itself and what is the project's own. Anything else is for administrators, and is audited.",
    permission: "vm.restore",
    params: vmParams,
    body,
    status: 200,
    response: definitionSchema,
    problems: [...hostProblems, "conflict.stale", "quota.exceeded"],
    example: { ...example, xml },
  }),
  previewVmChange: operation({
    method: "POST",
    path: "/vms/{vmId}/definition/preview",
    tag: "VMs",
    summary: "Show what a change would make of a VM's definition",
    description:
      "`verb` is the operation that you think of, and `input` what you would give it: libvirt's " +
      "XML of the next boot before and after it. Nothing is changed, and what the change's own " +
      "plan refuses leaves the definition as it is.",
    permission: "vm.read",
    params: vmParams,
    body: z.strictObject({ change: vmChangeSchema }),
    status: 200,
    response: previewSchema,
    problems: hostProblems,
    example: { ...example, change: { verb: "setBootOrder", input: { order: ["vda", "sda"] } } },
  }),
  revertVmPending: operation({
    method: "DELETE",
    path: "/vms/{vmId}/pending",
    tag: "VMs",
    summary: "Take back what waits for a VM's next boot",
    description: "The definition of the next boot becomes that of the guest that runs.",
    permission: "vm.revert",
    params: vmParams,
    status: 200,
    response: definitionSchema,
    problems: [...hostProblems, "conflict.stale"],
    example,
  }),
} as const;
