import { z } from "zod";
import { bootOrderSchema } from "@/lib/model/boot";
import { diskLimitsSchema } from "@/lib/model/disk-limits";
import { diskTargetSchema, growDiskSchema } from "@/lib/model/vm";
import { idSchema } from "./fields";
import { operation } from "./operation";
import { hostProblems, type ProblemCode } from "./problem";
import { taskSchema } from "./task-schemas";
import { vmDetailSchema } from "./vm-schemas";

const diskParams = z.strictObject({ vmId: idSchema, target: diskTargetSchema });
const example = { vmId: "k3m9x2a7pq", target: "vdb" };
const problems: readonly ProblemCode[] = ["conflict.rule", "vm.bad_state", "host.unreachable"];

/** What is done to a disk in its VM. */
export const vmDiskOperations = {
  attachDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/attach",
    tag: "Disks",
    summary: "Give a VM a disk that was kept",
    description: "One of the VM's project and host; in the running guest at once.",
    permission: "vm.disk",
    params: z.strictObject({ vmId: idSchema }),
    body: z.strictObject({ diskId: idSchema }),
    status: 202,
    response: taskSchema,
    problems,
    example: { vmId: example.vmId, diskId: "k3v9h2q7ne" },
  }),
  detachDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks/{target}/detach",
    tag: "Disks",
    summary: "Take a disk away from a VM",
    description:
      "A running guest has to let go of it: when it does not within 20 seconds, the task fails and nothing has changed. The disk is kept in the project and goes on counting, or is removed with everything on it. It may be the one that the VM starts from.",
    permission: "vm.disk",
    params: diskParams,
    body: z.strictObject({
      remove: z.boolean().default(false).describe("With everything on it; needs `disk.delete`."),
    }),
    status: 202,
    response: taskSchema,
    problems,
    example,
  }),
  setBootOrder: operation({
    method: "PUT",
    path: "/vms/{vmId}/boot",
    tag: "VMs",
    summary: "Set what a VM starts from",
    description:
      "First to last, at its next start: places of drives and MACs of network cards, as its `boot` lists them. What is not named is not tried.",
    permission: "vm.boot",
    params: z.strictObject({ vmId: idSchema }),
    body: bootOrderSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.stale", "input.invalid"],
    example: { vmId: example.vmId, order: ["vda", "sda"] },
  }),
  bootVmOnce: operation({
    method: "POST",
    path: "/vms/{vmId}/boot-once",
    tag: "VMs",
    summary: "Start a VM that is off from a CD, once",
    description:
      "From an image of its project, in its CD drive; what the VM starts from otherwise, and what lies in its drive, is in force again for its next start. A restart inside the guest goes on with the CD until it is ejected or the VM has been off. Needs `vm.media`, too.",
    permission: "vm.power",
    params: z.strictObject({ vmId: idSchema }),
    body: z.strictObject({ imageId: idSchema }),
    status: 202,
    response: taskSchema,
    problems: ["vm.bad_state", "host.unreachable"],
    example: { vmId: example.vmId, imageId: "k3i7d2m9tq" },
  }),
  setDiskLimits: operation({
    method: "PUT",
    path: "/vms/{vmId}/disks/{target}/limits",
    tag: "Disks",
    summary: "Hold a disk's traffic to limits",
    description:
      "Reading and writing together, in the running guest at once and for every start; null is no limit. Limits of one direction alone, set by virsh, are replaced.",
    permission: "vm.set_disk_limits",
    params: diskParams,
    body: diskLimitsSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.rule"],
    example: { ...example, iops: 500, iopsBurst: 1000, mibps: 50, mibpsBurst: null },
  }),
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
