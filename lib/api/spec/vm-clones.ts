import { z } from "zod";
import { cloneVmSchema } from "@/lib/model/clone";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { taskSchema } from "./task-schemas";
import { vmSchema } from "./vm-schemas";

export const vmCloneOperations = {
  cloneVm: operation({
    method: "POST",
    path: "/vms/{vmId}/clone",
    tag: "VMs",
    summary: "Clone a VM",
    description:
      "A VM that is off becomes two: the new one has the same hardware, firmware and tags, copies " +
      "of the disks, and its own UUID, MAC addresses and serial numbers. Name and quota are " +
      "reserved at once; the task copies and can be cancelled. Snapshots, lease, autostart, lock " +
      "and CD are not taken over, and UEFI variables begin anew.",
    permission: "vm.clone",
    params: z.strictObject({ vmId: idSchema }),
    body: z.strictObject({
      ...cloneVmSchema.shape,
      linked: cloneVmSchema.shape.linked
        .default(false)
        .describe("Of a template: its disks lie on the template's and hold what differs."),
      description: cloneVmSchema.shape.description.default(""),
    }),
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [
      "vm.bad_state",
      "conflict.exists",
      "conflict.rule",
      "quota.exceeded",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.unsupported",
      "host.timeout",
    ],
    example: { vmId: "k3m9x2a7pq", name: "web-2", description: "Trial of the next release" },
  }),
  setVmTemplate: operation({
    method: "PUT",
    path: "/vms/{vmId}/template",
    tag: "VMs",
    summary: "Make a VM a template, or a VM again",
    description:
      "A template is off for good and is not changed, so that linked clones can lie on its disks; " +
      "it is a VM again, or deleted, only when no linked clone is left.",
    permission: "vm.template",
    params: z.strictObject({ vmId: idSchema }),
    body: z.strictObject({ template: z.boolean() }),
    status: 200,
    response: vmSchema,
    problems: ["vm.bad_state", "conflict.rule", "host.unreachable", "host.refused"],
    example: { vmId: "k3m9x2a7pq", template: true },
  }),
} as const;
