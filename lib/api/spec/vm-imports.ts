import { importVmSchema } from "@/lib/model/appliance";
import { operation } from "./operation";
import { taskSchema } from "./task-schemas";

export const vmImportOperations = {
  importVm: operation({
    method: "POST",
    path: "/vms/import",
    tag: "VMs",
    summary: "Import a VM from an uploaded file",
    description:
      "The file is an image of the kind `appliance` that is ready; `appliance` says what was found " +
      "in it. The VM gets a definition of Portico's own, a qcow2 copy of each disk, and as many " +
      "cards as the file says, all on the chosen network. `drivers`: `virtio` is fast, `common` " +
      "is a SATA disk and an Intel card for a guest without virtio drivers. Name and quota are " +
      "reserved at once; the task writes the disks and can be cancelled.",
    permission: "vm.create",
    body: importVmSchema.extend({
      start: importVmSchema.shape.start.default(false),
      keep: importVmSchema.shape.keep.default(true),
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
      "host.refused",
    ],
    example: {
      imageId: "d4r8s1m6ze",
      name: "shop",
      vcpus: 2,
      memoryMib: 2048,
      network: "default",
      firmware: "bios",
      drivers: "common",
      start: true,
      keep: false,
    },
  }),
} as const;
