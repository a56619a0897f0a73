import { newId } from "@/lib/db/id";
import { type Permission, ruleOf } from "@/lib/policies/permissions";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { imageStore } from "@/lib/tasks/definitions/image-store";
import type { Context } from "../context";
import { listHosts } from "../host/list-hosts";
import { cancelUpload } from "../image/cancel-upload";
import { deleteImage } from "../image/delete-image";
import { listImages } from "../image/list-images";
import { subscribe } from "../live/subscribe";
import { listNetworks } from "../network/list-networks";
import { projectBySlug } from "../project/project-by-slug";
import { cancelTask } from "../task/cancel-task";
import { listTasks } from "../task/list-tasks";
import { setUserDisabled } from "../user/set-user-disabled";
import { createVm } from "../vm/create-vm";
import { deleteVm } from "../vm/delete-vm";
import { ejectMedia } from "../vm/eject-media";
import { getVm } from "../vm/get-vm";
import { insertMedia } from "../vm/insert-media";
import { listUnmanaged } from "../vm/list-unmanaged";
import { listVms } from "../vm/list-vms";
import { openConsole } from "../vm/open-console";
import { powerVm } from "../vm/power-vm";
import { resizeVm } from "../vm/resize-vm";
import { addImage, addVm, liveVm, type World } from "./world";

export interface Ids {
  projectId: string;
  vmId: string;
  name: string;
  imageId: string;
  uploadId: string;
  taskId: string;
  /** Who is a viewer of the project. */
  userId: string;
}

export type Call = (ctx: Context, ids: Ids) => unknown;

const sizes = { vcpus: 2, maxVcpus: 4, memoryKib: 1_048_576, maxMemoryKib: 2_097_152 };

/** Every use case on an object of a project, with the permission that it asks for. */
export const useCases: [string, Permission, Call][] = [
  ["list VMs", "vm.read", (ctx, { projectId }) => listVms(ctx, { projectId })],
  ["see a VM", "vm.read", (ctx, { vmId }) => getVm(ctx, { vmId })],
  ["list images", "image.read", (ctx, { projectId }) => listImages(ctx, { projectId })],
  ["list networks", "network.read", (ctx, { projectId }) => listNetworks(ctx, { projectId })],
  ["list tasks", "task.read", (ctx, { projectId }) => listTasks(ctx, { projectId })],
  ["open a project", "project.read", (ctx) => projectBySlug(ctx, { slug: "one" })],
  ["follow events", "vm.read", async (ctx, ids) => subscribe(ctx, ids, () => undefined)()],
  [
    "create a VM",
    "vm.create",
    (ctx, { projectId }) =>
      createVm(ctx, {
        projectId,
        name: "new",
        imageId: null,
        vcpus: 1,
        memoryMib: 512,
        diskGib: 1,
        diskFormat: "qcow2",
        network: "default",
        firmware: "bios",
      }),
  ],
  ["suspend a VM", "vm.power", (ctx, { vmId }) => powerVm(ctx, { vmId, verb: "suspend" })],
  ["force a VM off", "vm.power", (ctx, { vmId }) => powerVm(ctx, { vmId, verb: "force_off" })],
  [
    "delete a VM",
    "vm.delete",
    (ctx, { vmId, name }) => deleteVm(ctx, { vmId, confirmName: name, keepDisks: false }),
  ],
  [
    "resize a VM",
    "vm.resize",
    (ctx, { vmId }) =>
      resizeVm(ctx, { vmId, vcpus: 4, memoryMib: 1024, seen: { live: sizes, next: sizes } }),
  ],
  ["eject", "vm.media", (ctx, { vmId }) => ejectMedia(ctx, { vmId })],
  ["insert", "vm.media", (ctx, { vmId, imageId }) => insertMedia(ctx, { vmId, imageId })],
  ["open a console", "vm.console", (ctx, { vmId }) => openConsole(ctx, { vmId })],
  ["delete an image", "image.delete", (ctx, { imageId }) => deleteImage(ctx, { imageId })],
  [
    "cancel an upload",
    "image.upload",
    (ctx, { uploadId }) => cancelUpload(ctx, { imageId: uploadId }),
  ],
  ["cancel a task", "task.cancel", (ctx, { taskId }) => cancelTask(ctx, { taskId })],
];

/** Every use case on the installation, with the permission that it asks for. */
export const installationUseCases: [string, Permission, Call][] = [
  ["list hosts", "host.read", (ctx) => listHosts(ctx)],
  ["list unmanaged domains", "vm.read_unmanaged", (ctx) => listUnmanaged(ctx)],
  [
    "disable a user",
    "user.manage",
    (ctx, { userId }) => setUserDisabled(ctx, { userId, disabled: true }),
  ],
];

/** Whether it changes anything. */
export function isWrite(permission: Permission): boolean {
  return ruleOf(permission).scope !== "read";
}

/** Rows of every kind in the world's first project, for the use cases to work on. */
export async function populate(world: World): Promise<Ids> {
  const vm = await addVm(world);
  world.host.set(liveVm(vm));
  const image = await addImage(world);
  const upload = await addImage(world, { state: "uploading", pool: null, volume: null });
  const taskId = await enqueueTask(world.db, imageStore, {
    input: { imageId: newId(), hostId: "local", pool: "portico-images", volume: "v.iso" },
    projectId: world.project,
    hostId: "local",
    targetId: newId(),
    targetName: "t",
    actor: world.member.actor,
    now: new Date(),
  });
  announceTask(taskId, world.project);
  return {
    projectId: world.project,
    vmId: vm.id,
    name: vm.name,
    imageId: image.id,
    uploadId: upload.id,
    taskId,
    userId: world.viewer.actor.userId,
  };
}
