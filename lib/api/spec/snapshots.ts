import { z } from "zod";
import { snapshotDescriptionSchema, snapshotNameSchema } from "@/lib/model/snapshot-schema";
import { flagSchema, idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";
import { snapshotSchema } from "./snapshot-schemas";
import { taskSchema } from "./task-schemas";

const vmParams = z.strictObject({ vmId: idSchema });
const params = z.strictObject({
  ...vmParams.shape,
  snapshot: z.string().min(1).max(255).describe("Its name."),
});
const ofVm = { vmId: "k3m9x2a7pq" };
const example = { ...ofVm, snapshot: "before-upgrade" };
const problems: readonly ProblemCode[] = ["vm.bad_state", "host.unreachable"];

export const snapshotOperations = {
  listSnapshots: operation({
    method: "GET",
    path: "/vms/{vmId}/snapshots",
    tag: "VMs",
    summary: "List a VM's snapshots",
    description: "As its host has them, whoever took them; parents before their children.",
    permission: "vm.read",
    params: vmParams,
    status: 200,
    response: z.object({ items: z.array(snapshotSchema) }),
    shared: true,
    example: ofVm,
  }),
  getSnapshot: operation({
    method: "GET",
    path: "/vms/{vmId}/snapshots/{snapshot}",
    tag: "VMs",
    summary: "Show a snapshot",
    permission: "vm.read",
    params,
    status: 200,
    response: snapshotSchema,
    shared: true,
    example,
  }),
  createSnapshot: operation({
    method: "POST",
    path: "/vms/{vmId}/snapshots",
    tag: "VMs",
    summary: "Take a snapshot",
    description:
      "Without `memory` the guest's memory is kept where that is possible. `quiesce` lets the " +
      "guest's agent bring its file systems to rest first.",
    permission: "vm.snapshot",
    params: vmParams,
    body: z.strictObject({
      name: snapshotNameSchema,
      description: snapshotDescriptionSchema.default(""),
      memory: z.boolean().optional(),
      quiesce: z.boolean().default(false),
    }),
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [...problems, "conflict.exists", "conflict.rule", "quota.exceeded"],
    example: { ...ofVm, name: "before-upgrade", memory: true },
  }),
  updateSnapshot: operation({
    method: "PATCH",
    path: "/vms/{vmId}/snapshots/{snapshot}",
    tag: "VMs",
    summary: "Describe a snapshot",
    permission: "vm.snapshot",
    params,
    body: z.strictObject({ description: snapshotDescriptionSchema }),
    status: 200,
    response: snapshotSchema,
    problems: [
      ...problems,
      "host.outcome_unknown",
      "host.refused",
      "host.unsupported",
      "host.timeout",
    ],
    example: { ...example, description: "Before the upgrade to 13" },
  }),
  deleteSnapshot: operation({
    method: "DELETE",
    path: "/vms/{vmId}/snapshots/{snapshot}",
    tag: "VMs",
    summary: "Delete a snapshot",
    description: "The VM stays as it is; with `children` all that grew out of it goes, too.",
    permission: "vm.snapshot",
    params,
    query: z.strictObject({ children: flagSchema }),
    status: 202,
    response: taskSchema,
    problems: [...problems, "conflict.rule"],
    example,
  }),
  revertSnapshot: operation({
    method: "POST",
    path: "/vms/{vmId}/snapshots/{snapshot}/revert",
    tag: "VMs",
    summary: "Revert a VM to a snapshot",
    description:
      "What was done since is lost, unless `first` names a snapshot of the present that is taken " +
      "before. The VM gets back the sizes that it had.",
    permission: "vm.snapshot",
    params,
    body: z.strictObject({ first: snapshotNameSchema.nullable().default(null) }),
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [...problems, "conflict.exists", "conflict.rule", "quota.exceeded"],
    example: { ...example, first: "before-revert" },
  }),
} as const;
