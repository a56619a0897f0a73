import { z } from "zod";
import { setClipboardSchema } from "@/lib/model/clipboard-schema";
import { setRecoverySchema } from "@/lib/model/recovery-schema";
import { setVideoSchema } from "@/lib/model/video-schema";
import { createVmSchema, updateVmSchema, vmTagSchema } from "@/lib/model/vm";
import { vmStates } from "@/lib/model/vm-state";
import { flagSchema, idSchema, listOf, searchSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";
import { hostProblems } from "./problem";
import { taskSchema } from "./task-schemas";
import {
  consoleTicketSchema,
  resizePlanSchema,
  vmDetailSchema,
  vmSchema,
  vmSizesSchema,
} from "./vm-schemas";

const vmParams = z.strictObject({ vmId: idSchema });
const example = { vmId: "k3m9x2a7pq" };

const { vcpus, memoryMib, roomToGrow, memoryModules, imageId, diskFormat, network, firmware } =
  createVmSchema.shape;

const createBody = z.strictObject({
  ...createVmSchema.shape,
  imageId: imageId.default(null),
  diskFormat: diskFormat.default("qcow2"),
  network: network.default("default"),
  firmware: firmware.default("bios"),
});

const seenSizes = z.strictObject(vmSizesSchema.shape);
const sizesBody = z.strictObject({
  vcpus,
  memoryMib,
  roomToGrow: roomToGrow.describe("Whether memory may grow while it runs; absent: as it is."),
  memoryModules: memoryModules.describe(
    "Whether the next start has places for memory modules; absent: as it is.",
  ),
});

/** A verb that is done when the answer comes, and is answered with the VM as it is then. */
function power(verb: string, summary: string, description = "") {
  return operation({
    method: "POST",
    path: `/vms/{vmId}/${verb}`,
    tag: "VMs",
    summary,
    description,
    permission: "vm.power",
    params: vmParams,
    status: 200,
    response: vmSchema,
    problems: hostProblems,
    example,
  });
}

export const vmOperations = {
  listVms: operation({
    method: "GET",
    path: "/vms",
    tag: "VMs",
    summary: "List VMs",
    description: "Those of one project, or of all that you see.",
    permission: "vm.read",
    query: z.strictObject({
      projectId: idSchema.optional(),
      name: searchSchema.optional().describe("Part of the name."),
      state: listOf(vmStates).optional(),
      tag: vmTagSchema.optional(),
      hostId: idSchema.optional(),
      ...pageQuery(["createdAt", "-createdAt", "name", "-name"]),
    }),
    status: 200,
    response: pageOf(vmSchema),
    shared: true,
    kept: true,
    example: { state: "running,paused", limit: 20 },
  }),
  getVm: operation({
    method: "GET",
    path: "/vms/{vmId}",
    tag: "VMs",
    summary: "Show a VM",
    permission: "vm.read",
    params: vmParams,
    status: 200,
    response: vmDetailSchema,
    shared: true,
    kept: true,
    example,
  }),
  createVm: operation({
    method: "POST",
    path: "/vms",
    tag: "VMs",
    summary: "Create a VM",
    description: "Name and quota are reserved at once; the task makes the disk and starts it.",
    permission: "vm.create",
    body: createBody,
    status: 202,
    response: taskSchema,
    idempotent: true,
    problems: ["conflict.exists", "quota.exceeded", "host.unreachable", "host.refused"],
    example: { projectId: "p7w2c4n8ta", name: "web", vcpus: 2, memoryMib: 2048, diskGib: 20 },
  }),
  updateVm: operation({
    method: "PATCH",
    path: "/vms/{vmId}",
    tag: "VMs",
    summary: "Rename, describe, tag or lock a VM",
    description:
      "What is absent stays. A locked one is deleted neither by a person nor after the end of its " +
      "lease.",
    permission: "vm.edit",
    params: vmParams,
    body: updateVmSchema,
    status: 200,
    response: vmSchema,
    problems: ["vm.bad_state", "conflict.exists"],
    example: { ...example, description: "Front of the shop", tags: ["web", "prod"] },
  }),
  setVmAutostart: operation({
    method: "PUT",
    path: "/vms/{vmId}/autostart",
    tag: "VMs",
    summary: "Have a VM start with its host, or not",
    description: "Refused for one whose lease has ended.",
    permission: "vm.autostart",
    params: vmParams,
    body: z.strictObject({ autostart: z.boolean() }),
    status: 200,
    response: vmSchema,
    problems: ["vm.bad_state", "host.unreachable", "host.refused"],
    example: { ...example, autostart: true },
  }),
  setVmRecovery: operation({
    method: "PUT",
    path: "/vms/{vmId}/recovery",
    tag: "VMs",
    summary: "Set what happens when a VM's guest panics or hangs",
    description:
      "From its next start on. A panic is heard when the guest has the driver pvpanic; the " +
      "watchdog acts when a service in the guest has set it and feeds it no longer.",
    permission: "vm.recovery",
    params: vmParams,
    body: setRecoverySchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.stale"],
    example: { ...example, onPanic: "restart", watchdog: "reset" },
  }),
  setVmClipboard: operation({
    method: "PUT",
    path: "/vms/{vmId}/clipboard",
    tag: "VMs",
    summary: "Share a VM's clipboard with its consoles, or not",
    description:
      "From its next start on, by an agent in the guest (spice-vdagent). Before QEMU 10.1 the memory " +
      "of a VM that runs with it can neither be in a snapshot nor be saved.",
    permission: "vm.clipboard",
    params: vmParams,
    body: setClipboardSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "host.unsupported", "conflict.stale"],
    example: { ...example, clipboard: true },
  }),
  setVmVideo: operation({
    method: "PUT",
    path: "/vms/{vmId}/video",
    tag: "VMs",
    summary: "Give a VM other graphics",
    description:
      "From its next start on. `virtio` is VGA too until the guest's driver takes it over, and with " +
      "the driver its screen follows the console's window; `vga` is what every system knows.",
    permission: "vm.video",
    params: vmParams,
    body: setVideoSchema,
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.stale"],
    example: { ...example, model: "virtio" },
  }),
  deleteVm: operation({
    method: "DELETE",
    path: "/vms/{vmId}",
    tag: "VMs",
    summary: "Delete a VM",
    description: "With its disks, unless `keepDisks` is true. A running one is cut off.",
    permission: "vm.delete",
    params: vmParams,
    query: z.strictObject({ keepDisks: flagSchema }),
    status: 202,
    response: taskSchema,
    problems: ["vm.bad_state", "conflict.rule", "host.unreachable"],
    example,
  }),
  startVm: power("start", "Start a VM"),
  shutdownVm: power("shutdown", "Shut a VM down", "The guest is asked; it may take its time."),
  rebootVm: power("reboot", "Reboot a VM", "The guest is asked."),
  resetVm: power("reset", "Reset a VM", "At once, as by the button: what is not on disk is lost."),
  forceOffVm: power("force-off", "Cut a VM off", "At once: what is not on disk is lost."),
  suspendVm: power("suspend", "Pause a VM", "It keeps its memory and gets no CPU time."),
  resumeVm: power("resume", "Let a paused VM go on"),
  saveVm: operation({
    method: "POST",
    path: "/vms/{vmId}/save",
    tag: "VMs",
    summary: "Save a VM's memory and stop it",
    description:
      "On its host's disk, in a task that can be cancelled. Its next start goes on where it was. " +
      "Until then its hardware, disks and definition cannot be changed.",
    permission: "vm.power",
    params: vmParams,
    status: 202,
    response: taskSchema,
    problems: ["vm.bad_state", "host.unreachable"],
    example,
  }),
  discardVmSavedState: operation({
    method: "DELETE",
    path: "/vms/{vmId}/saved-state",
    tag: "VMs",
    summary: "Throw away a VM's saved memory",
    description: "Its next start boots: what was in memory and not on disk is lost.",
    permission: "vm.power",
    params: vmParams,
    status: 200,
    response: vmSchema,
    problems: hostProblems,
    example,
  }),
  planVmResize: operation({
    method: "POST",
    path: "/vms/{vmId}/resize-plan",
    tag: "VMs",
    summary: "Show what a resize would do",
    description: "The same plan that the resize carries out. Nothing is changed.",
    permission: "vm.read",
    params: vmParams,
    body: sizesBody,
    status: 200,
    response: resizePlanSchema,
    problems: ["vm.bad_state", "host.unreachable"],
    example: { ...example, vcpus: 4, memoryMib: 4096 },
  }),
  resizeVm: operation({
    method: "POST",
    path: "/vms/{vmId}/resize",
    tag: "VMs",
    summary: "Resize a VM",
    description:
      "What can be done now is done now, the rest at the next start. With `seen`, the sizes that " +
      "you decided by, it is refused when they have changed since.",
    permission: "vm.resize",
    params: vmParams,
    body: z.strictObject({
      ...sizesBody.shape,
      seen: z.strictObject({ live: seenSizes, next: seenSizes }).optional(),
    }),
    status: 200,
    response: vmDetailSchema,
    problems: [...hostProblems, "conflict.stale", "quota.exceeded"],
    example: { ...example, vcpus: 4, memoryMib: 4096 },
  }),
  insertVmMedia: operation({
    method: "PUT",
    path: "/vms/{vmId}/media",
    tag: "VMs",
    summary: "Put an image into a VM's drive",
    permission: "vm.media",
    params: vmParams,
    body: z.strictObject({ imageId: idSchema }),
    status: 200,
    response: vmDetailSchema,
    problems: hostProblems,
    example: { ...example, imageId: "d4r8s1m6ze" },
  }),
  ejectVmMedia: operation({
    method: "DELETE",
    path: "/vms/{vmId}/media",
    tag: "VMs",
    summary: "Empty a VM's drive",
    permission: "vm.media",
    params: vmParams,
    status: 200,
    response: vmDetailSchema,
    problems: hostProblems,
    example,
  }),
  extendVmLease: operation({
    method: "POST",
    path: "/vms/{vmId}/extend-lease",
    tag: "VMs",
    summary: "Extend a VM's lease",
    description: "To the project's whole length from now; within the grace it rescues the VM.",
    permission: "vm.extend_lease",
    params: vmParams,
    status: 200,
    response: vmSchema,
    problems: ["conflict.rule", "conflict.stale", "vm.bad_state"],
    example,
  }),
  setVmLease: operation({
    method: "PUT",
    path: "/vms/{vmId}/lease",
    tag: "VMs",
    summary: "Give a VM another end, or none",
    permission: "vm.set_lease",
    params: vmParams,
    body: z.strictObject({
      endsAt: z.iso.datetime({ offset: true }).nullable().describe("Null: it stays."),
    }),
    status: 200,
    response: vmSchema,
    problems: ["conflict.stale", "vm.bad_state"],
    example: { ...example, endsAt: "2030-12-31T12:00:00Z" },
  }),
  createConsoleTicket: operation({
    method: "POST",
    path: "/vms/{vmId}/console-ticket",
    tag: "VMs",
    summary: "Get a ticket for a VM's console",
    description:
      "Open a WebSocket at `path` with the same token and the sub-protocols of the answer; it " +
      "carries RFB.",
    permission: "vm.console",
    params: vmParams,
    status: 201,
    response: consoleTicketSchema,
    problems: ["vm.bad_state", "quota.exceeded", "host.unreachable"],
    example,
  }),
  createSerialTicket: operation({
    method: "POST",
    path: "/vms/{vmId}/serial-ticket",
    tag: "VMs",
    summary: "Get a ticket for a VM's serial port",
    description:
      "As the console's ticket; the WebSocket carries the port's bytes. The port has one reader at " +
      "a time: who comes second is closed with code 4005, or ends the first by `takeOver`. An empty " +
      "message is answered by an empty one.",
    permission: "vm.console",
    params: vmParams,
    body: z.strictObject({ takeOver: z.boolean() }),
    status: 201,
    response: consoleTicketSchema,
    problems: [
      "vm.bad_state",
      "quota.exceeded",
      "host.unreachable",
      "host.outcome_unknown",
      "host.refused",
      "host.unsupported",
      "host.timeout",
    ],
    example: { ...example, takeOver: false },
  }),
} as const;
