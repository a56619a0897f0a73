import { z } from "zod";
import { transferVmSchema } from "@/lib/model/transfer";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { taskSchema } from "./task-schemas";

export const vmTransferOperations = {
  transferVm: operation({
    method: "POST",
    path: "/vms/{vmId}/transfer",
    tag: "VMs",
    summary: "Give a VM to another project",
    description:
      "For who is an owner in both projects, and administrators. Its disks, snapshots, backups, " +
      "networks and lease go along, and count there at once; a guest runs on. Consoles of people " +
      "who are not in that project end, and the old project's tokens reach it no more. Kept " +
      "disks, the log and ended tasks stay. Refused while an image of its project is in a drive " +
      "or in a snapshot, while its memory is saved and while a task is at work on it. The task, " +
      "which is the new project's, tells the host whose it is.",
    permission: "vm.transfer",
    params: z.strictObject({ vmId: idSchema }),
    body: transferVmSchema,
    status: 202,
    response: taskSchema,
    problems: [
      "vm.bad_state",
      "conflict.exists",
      "conflict.rule",
      "quota.exceeded",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.timeout",
    ],
    example: { vmId: "k3m9x2a7pq", toProjectId: "w8r5t2n6c1" },
  }),
} as const;
