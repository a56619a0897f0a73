import { z } from "zod";
import { type DiskView, diskStates } from "@/lib/model/disk";
import { addDiskSchema } from "@/lib/model/vm";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";
import { taskSchema } from "./task-schemas";

const projectParams = z.strictObject({ projectId: idSchema });
const diskParams = z.strictObject({ projectId: idSchema, diskId: idSchema });
const example = { projectId: "p7w2c4n8ta" };
const diskExample = { ...example, diskId: "k3v9h2q7ne" };

const diskSchema = z
  .object({
    id: idSchema,
    projectId: idSchema,
    hostId: z.string(),
    name: z.string().describe("VM and place, as web/vda; two kept disks may have the same."),
    volume: z.string(),
    format: z.string(),
    capacityBytes: z.int(),
    allocationBytes: z
      .int()
      .nullable()
      .describe("What it takes of its pool; null when the host cannot tell now."),
    state: z.enum(diskStates),
    vm: z.object({ id: idSchema, name: z.string() }).nullable().describe("Null for a kept one."),
    keptFrom: z.string().nullable().describe("Name of the VM that it was kept from."),
    keptAt: timeSchema.nullable(),
  })
  .meta({ id: "Disk" }) satisfies z.ZodType<DiskView>;

export const diskOperations = {
  listDisks: operation({
    method: "GET",
    path: "/projects/{projectId}/disks",
    tag: "Disks",
    summary: "List a project's disks, those that were kept included",
    permission: "disk.read",
    params: projectParams,
    query: z.strictObject(pageQuery(["name", "-name"])),
    status: 200,
    response: pageOf(diskSchema),
    example,
  }),
  getDisk: operation({
    method: "GET",
    path: "/projects/{projectId}/disks/{diskId}",
    tag: "Disks",
    summary: "Show a disk",
    permission: "disk.read",
    params: diskParams,
    status: 200,
    response: diskSchema,
    example: diskExample,
  }),
  addDisk: operation({
    method: "POST",
    path: "/vms/{vmId}/disks",
    tag: "Disks",
    summary: "Add a disk to a VM",
    description: "Empty, in the running guest at once and at every start.",
    permission: "vm.disk",
    params: z.strictObject({ vmId: idSchema }),
    body: addDiskSchema,
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: [
      "conflict.rule",
      "conflict.exists",
      "quota.exceeded",
      "vm.bad_state",
      "host.unreachable",
    ],
    example: { vmId: "k3m9x2a7pq", sizeGib: 20, format: "qcow2" },
  }),
  deleteDisk: operation({
    method: "DELETE",
    path: "/projects/{projectId}/disks/{diskId}",
    tag: "Disks",
    summary: "Delete a disk that was kept",
    description: "With everything on it. A VM's disk goes with its VM.",
    permission: "disk.delete",
    params: diskParams,
    status: 202,
    response: taskSchema,
    problems: ["conflict.rule", "vm.bad_state", "host.unreachable"],
    example: diskExample,
  }),
} as const;
