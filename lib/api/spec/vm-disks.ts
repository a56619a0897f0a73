import { z } from "zod";
import { diskTargetSchema, growDiskSchema } from "@/lib/model/vm";
import { idSchema } from "./fields";
import { operation } from "./operation";
import type { ProblemCode } from "./problem";
import { taskSchema } from "./task-schemas";

const diskParams = z.strictObject({ vmId: idSchema, target: diskTargetSchema });
const example = { vmId: "k3m9x2a7pq", target: "vdb" };
const problems: readonly ProblemCode[] = ["conflict.rule", "vm.bad_state", "host.unreachable"];

/** What is done to a disk in its VM. */
export const vmDiskOperations = {
  growDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/{target}/grow",
    tag: "Disks",
    summary: "Make a VM's disk larger",
    description:
      "The running guest sees it at once; partitions and file systems are its own business. Never smaller, and not while the VM has snapshots.",
    permission: "vm.disk",
    params: diskParams,
    body: growDiskSchema,
    status: 202,
    response: taskSchema,
    problems: [...problems, "quota.exceeded"],
    example: { ...example, sizeGib: 40 },
  }),
} as const;
