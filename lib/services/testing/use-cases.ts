import { newId } from "@/lib/db/id";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { perResource } from "@/lib/model/quota";
import { type Permission, ruleOf } from "@/lib/policies/permissions";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { imageStore } from "@/lib/tasks/definitions/image-store";
import { exportAudit } from "../audit/export-audit";
import { listAudit } from "../audit/list-audit";
import type { Context } from "../context";
import { addDisk } from "../disk/add-disk";
import { attachDisk } from "../disk/attach-disk";
import { deleteDisk } from "../disk/delete-disk";
import { detachDisk } from "../disk/detach-disk";
import { getDisk } from "../disk/get-disk";
import { growDisk } from "../disk/grow-disk";
import { listDisks } from "../disk/list-disks";
import { setDiskLimits } from "../disk/set-disk-limits";
import { listHosts } from "../host/list-hosts";
import { cancelUpload } from "../image/cancel-upload";
import { deleteImage } from "../image/delete-image";
import { listImages } from "../image/list-images";
import { createInvitation } from "../invitation/create-invitation";
import { listInvitations } from "../invitation/list-invitations";
import { resendInvitation } from "../invitation/resend-invitation";
import { revokeInvitation } from "../invitation/revoke-invitation";
import { extendLease } from "../lease/extend-lease";
import { leaseTerms } from "../lease/lease-terms";
import { setLease } from "../lease/set-lease";
import { subscribe } from "../live/subscribe";
import { listNetworks } from "../network/list-networks";
import { addNic } from "../nic/add-nic";
import { moveNic } from "../nic/move-nic";
import { removeNic } from "../nic/remove-nic";
import { setNicLimits } from "../nic/set-nic-limits";
import { setNicLink } from "../nic/set-nic-link";
import { setNicModel } from "../nic/set-nic-model";
import { changeRole } from "../project/change-role";
import { createProject } from "../project/create-project";
import { deleteProject } from "../project/delete-project";
import { leaveProject } from "../project/leave-project";
import { listMembers } from "../project/list-members";
import { pageProjects } from "../project/page-projects";
import { projectBySlug } from "../project/project-by-slug";
import { removeMember } from "../project/remove-member";
import { renameProject } from "../project/rename-project";
import { getProjectLimits } from "../quota/get-project-limits";
import { getQuota } from "../quota/get-quota";
import { hostOvercommit } from "../quota/host-overcommit";
import { quotaContacts } from "../quota/quota-contacts";
import { setProjectLimits } from "../quota/set-project-limits";
import { setSetting } from "../setting/set-setting";
import { createSnapshot } from "../snapshot/create-snapshot";
import { deleteSnapshot } from "../snapshot/delete-snapshot";
import { editSnapshot } from "../snapshot/edit-snapshot";
import { listSnapshots } from "../snapshot/list-snapshots";
import { revertSnapshot } from "../snapshot/revert-snapshot";
import { cancelTask } from "../task/cancel-task";
import { listTasks } from "../task/list-tasks";
import { createToken } from "../token/create-token";
import { revokeToken } from "../token/revoke-token";
import { setUserDisabled } from "../user/set-user-disabled";
import { createVm } from "../vm/create-vm";
import { defineVm } from "../vm/definition/define-vm";
import { revertPending } from "../vm/definition/revert-pending";
import { deleteVm } from "../vm/delete-vm";
import { ejectMedia } from "../vm/eject-media";
import { getGuest } from "../vm/get-guest";
import { getProcess } from "../vm/get-process";
import { getVm } from "../vm/get-vm";
import { insertMedia } from "../vm/insert-media";
import { listUnmanaged } from "../vm/list-unmanaged";
import { listVms } from "../vm/list-vms";
import { openConsole } from "../vm/open-console";
import { powerVm } from "../vm/power-vm";
import { resizeVm } from "../vm/resize-vm";
import { saveVm } from "../vm/save-vm";
import { setAutostart } from "../vm/set-autostart";
import { setBootOrder } from "../vm/set-boot-order";
import { setGuestPassword } from "../vm/set-guest-password";
import { setRecovery } from "../vm/set-recovery";
import { updateVm } from "../vm/update-vm";
import { checkDisk } from "../volume/check-disk";
import { compactDisk } from "../volume/compact-disk";
import { convertDisk } from "../volume/convert-disk";
import { liveDisk } from "./snapshots";
import { addImage, addKeptDisk, addVm, liveVm, type World } from "./world";

export interface Ids {
  projectId: string;
  vmId: string;
  name: string;
  /** One that was kept. */
  diskId: string;
  imageId: string;
  uploadId: string;
  taskId: string;
  /** A token of the project. */
  tokenId: string;
  /** Who is a viewer of the project. */
  userId: string;
  /** An open one. */
  invitationId: string;
}

export type Call = (ctx: Context, ids: Ids) => unknown;

const sizes = { vcpus: 2, maxVcpus: 4, memoryKib: 1_048_576, maxMemoryKib: 2_097_152 };

const newcomer = { email: "new@example.org", isAdmin: false, isAuditor: false };

/** Every use case on an object of a project, with the permission that it asks for. */
export const useCases: [string, Permission, Call][] = [
  ["list VMs", "vm.read", (ctx, { projectId }) => listVms(ctx, { projectId })],
  ["see inside a guest", "vm.read", (ctx, { vmId }) => getGuest(ctx, { vmId })],
  [
    "set a password inside a guest",
    "vm.guest",
    (ctx, { vmId }) => setGuestPassword(ctx, { vmId, user: "root", password: "a secret" }),
  ],
  ["see a VM as a process", "vm.process", (ctx, { vmId }) => getProcess(ctx, { vmId })],
  ["see a VM", "vm.read", (ctx, { vmId }) => getVm(ctx, { vmId })],
  ["list disks", "disk.read", (ctx, { projectId }) => listDisks(ctx, { projectId })],
  ["see a disk", "disk.read", (ctx, { projectId, diskId }) => getDisk(ctx, { projectId, diskId })],
  [
    "convert a disk",
    "vm.disk",
    (ctx, { vmId }) =>
      convertDisk(ctx, { vmId, target: "vda", format: "raw", copy: false, keepOld: false }),
  ],
  ["check a disk", "vm.disk", (ctx, { vmId }) => checkDisk(ctx, { vmId, target: "vda" })],
  [
    "compact a disk",
    "vm.disk",
    (ctx, { vmId }) => compactDisk(ctx, { vmId, target: "vda", keepOld: false }),
  ],
  ["delete a kept disk", "disk.delete", (ctx, { diskId }) => deleteDisk(ctx, { diskId })],
  ["list images", "image.read", (ctx, { projectId }) => listImages(ctx, { projectId })],
  ["list networks", "network.read", (ctx, { projectId }) => listNetworks(ctx, { projectId })],
  ["list tasks", "task.read", (ctx, { projectId }) => listTasks(ctx, { projectId })],
  ["open a project", "project.read", (ctx) => projectBySlug(ctx, { slug: "one" })],
  ["see the terms of leases", "vm.read", (ctx, { projectId }) => leaseTerms(ctx, { projectId })],
  ["extend a lease", "vm.extend_lease", (ctx, { vmId }) => extendLease(ctx, { vmId })],
  ["see the quota", "project.read", (ctx, { projectId }) => getQuota(ctx, { projectId })],
  ["see the limits", "project.read", (ctx, { projectId }) => getProjectLimits(ctx, { projectId })],
  ["see who sets them", "project.read", (ctx, { projectId }) => quotaContacts(ctx, { projectId })],
  [
    "read the project's audit log",
    "project_audit.read",
    (ctx, { projectId }) => listAudit(ctx, { projectId, limit: 50 }),
  ],
  [
    "export the project's audit log",
    "project_audit.read",
    async (ctx, { projectId }) => (await exportAudit(ctx, { projectId, format: "json" })).cancel(),
  ],
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
  ["save a VM's memory", "vm.power", (ctx, { vmId }) => saveVm(ctx, { vmId })],
  [
    "have a VM start with its host",
    "vm.autostart",
    (ctx, { vmId }) => setAutostart(ctx, { vmId, autostart: true }),
  ],
  [
    "plug a network cable out",
    "vm.nic",
    (ctx, { vmId }) => setNicLink(ctx, { vmId, mac: "52:54:00:00:00:01", up: false }),
  ],
  [
    "add a network card",
    "vm.nic",
    (ctx, { vmId }) => addNic(ctx, { vmId, network: "default", model: "virtio" }),
  ],
  [
    "take a network card out",
    "vm.nic",
    (ctx, { vmId }) => removeNic(ctx, { vmId, mac: "52:54:00:00:00:01" }),
  ],
  [
    "put a network card into another network",
    "vm.nic",
    (ctx, { vmId }) => moveNic(ctx, { vmId, mac: "52:54:00:00:00:01", network: "default" }),
  ],
  [
    "make a network card another model",
    "vm.nic",
    (ctx, { vmId }) => setNicModel(ctx, { vmId, mac: "52:54:00:00:00:01", model: "e1000e" }),
  ],
  [
    "hold a network card to limits",
    "vm.set_nic_limits",
    (ctx, { vmId }) => {
      const mac = "52:54:00:00:00:01";
      return setNicLimits(ctx, { vmId, mac, inbound: null, outbound: null });
    },
  ],
  [
    "set a VM's recovery",
    "vm.recovery",
    (ctx, { vmId }) => setRecovery(ctx, { vmId, onPanic: "restart", watchdog: "reset" }),
  ],
  ["rename a VM", "vm.edit", (ctx, { vmId }) => updateVm(ctx, { vmId, name: "new" })],
  ["tag a VM", "vm.edit", (ctx, { vmId }) => updateVm(ctx, { vmId, tags: ["new"] })],
  ["lock a VM", "vm.lock", (ctx, { vmId }) => updateVm(ctx, { vmId, locked: true })],
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
  [
    "define a VM",
    "vm.restore",
    (ctx, { vmId }) => defineVm(ctx, { vmId, xml: "<domain type='qemu'/>" }),
  ],
  ["take back what is pending", "vm.revert", (ctx, { vmId }) => revertPending(ctx, { vmId })],
  ["eject", "vm.media", (ctx, { vmId }) => ejectMedia(ctx, { vmId })],
  ["insert", "vm.media", (ctx, { vmId, imageId }) => insertMedia(ctx, { vmId, imageId })],
  ["add a disk", "vm.disk", (ctx, { vmId }) => addDisk(ctx, { vmId, sizeGib: 1, format: "qcow2" })],
  [
    "grow a disk",
    "vm.disk",
    (ctx, { vmId }) => growDisk(ctx, { vmId, target: "vda", sizeGib: 20 }),
  ],
  ["attach a kept disk", "vm.disk", (ctx, { vmId, diskId }) => attachDisk(ctx, { vmId, diskId })],
  ["set the boot order", "vm.boot", (ctx, { vmId }) => setBootOrder(ctx, { vmId, order: ["vda"] })],
  [
    "hold a disk to limits",
    "vm.set_disk_limits",
    (ctx, { vmId }) => setDiskLimits(ctx, { vmId, target: "vda", ...noDiskLimits }),
  ],
  [
    "detach a disk",
    "vm.disk",
    (ctx, { vmId }) => detachDisk(ctx, { vmId, target: "vda", remove: false, confirmName: null }),
  ],
  ["list snapshots", "vm.read", (ctx, { vmId }) => listSnapshots(ctx, { vmId })],
  [
    "take a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) => createSnapshot(ctx, { vmId, name: "new", description: "" }),
  ],
  [
    "describe a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) => editSnapshot(ctx, { vmId, snapshot: "one", description: "x" }),
  ],
  [
    "revert to a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) =>
      revertSnapshot(ctx, { vmId, snapshot: "one", first: null, confirmName: "one" }),
  ],
  [
    "delete a snapshot",
    "vm.snapshot",
    (ctx, { vmId }) => deleteSnapshot(ctx, { vmId, snapshot: "one", children: true }),
  ],
  ["open a console", "vm.console", (ctx, { vmId }) => openConsole(ctx, { vmId })],
  ["delete an image", "image.delete", (ctx, { imageId }) => deleteImage(ctx, { imageId })],
  [
    "cancel an upload",
    "image.upload",
    (ctx, { uploadId }) => cancelUpload(ctx, { imageId: uploadId }),
  ],
  ["cancel a task", "task.cancel", (ctx, { taskId }) => cancelTask(ctx, { taskId })],
  ["list members", "member.read", (ctx, { projectId }) => listMembers(ctx, { projectId })],
  [
    "rename the project",
    "project.rename",
    (ctx, { projectId }) => renameProject(ctx, { projectId, name: "x" }),
  ],
  ["leave the project", "project.leave", (ctx, ids) => leaveProject(ctx, ids)],
  [
    "delete the project",
    "project.delete",
    (ctx, { projectId }) => deleteProject(ctx, { projectId, confirmName: "one" }),
  ],
  [
    "change a role",
    "member.manage",
    (ctx, { projectId, userId }) => changeRole(ctx, { projectId, userId, role: "owner" }),
  ],
  [
    "remove a member",
    "member.manage",
    (ctx, { projectId, userId }) => removeMember(ctx, { projectId, userId }),
  ],
  [
    "invite",
    "member.manage",
    (ctx, { projectId }) => createInvitation(ctx, { ...newcomer, projectId, role: "owner" }),
  ],
  [
    "list invitations",
    "invitation.read",
    (ctx, { projectId }) => listInvitations(ctx, { projectId }),
  ],
  ["send an invitation again", "member.manage", (ctx, ids) => resendInvitation(ctx, ids)],
  ["take an invitation back", "member.manage", (ctx, ids) => revokeInvitation(ctx, ids)],
  [
    "make a token of the project",
    "project_token.manage",
    (ctx, { projectId }) =>
      createToken(ctx, { projectId, name: "ci", scopes: ["read"], expiresInDays: 1 }),
  ],
  [
    "revoke a token of the project",
    "project_token.manage",
    (ctx, { tokenId }) => revokeToken(ctx, { tokenId }),
  ],
];

/** Every use case on the installation, with the permission that it asks for. */
export const installationUseCases: [string, Permission, Call][] = [
  ["read the audit log", "audit.read", (ctx) => listAudit(ctx, { limit: 50 })],
  [
    "export the audit log",
    "audit.read",
    async (ctx) => (await exportAudit(ctx, { format: "csv" })).cancel(),
  ],
  ["list hosts", "host.read", (ctx) => listHosts(ctx)],
  [
    "list all projects",
    "project.read_all",
    (ctx) => pageProjects(ctx, { search: "", cursor: null, limit: 50 }),
  ],
  ["make a project", "project.create", (ctx) => createProject(ctx, { name: "new" })],
  [
    "invite into the installation",
    "user.manage",
    (ctx) => createInvitation(ctx, { ...newcomer, projectId: null, role: null, isAdmin: true }),
  ],
  [
    "list invitations into the installation",
    "user.read",
    (ctx) => listInvitations(ctx, { projectId: null }),
  ],
  ["list unmanaged domains", "vm.read_unmanaged", (ctx) => listUnmanaged(ctx)],
  ["see over-commit", "host.read", (ctx) => hostOvercommit(ctx)],
  ["set a lease", "vm.set_lease", (ctx, { vmId }) => setLease(ctx, { vmId, endsAt: null })],
  [
    "set a project's limits",
    "project.set_limits",
    (ctx, { projectId }) =>
      setProjectLimits(ctx, { projectId, limits: perResource(() => null), leaseDays: null }),
  ],
  [
    "disable a user",
    "user.manage",
    (ctx, { userId }) => setUserDisabled(ctx, { userId, disabled: true }),
  ],
  [
    "change a setting",
    "setting.manage",
    (ctx) => setSetting(ctx, { key: "requireSecondFactor", value: "nobody" }),
  ],
];

/** Whether it changes anything. */
export function isWrite(permission: Permission): boolean {
  return ruleOf(permission).scope !== "read";
}

/** Rows of every kind in the world's first project, for the use cases to work on. */
export async function populate(world: World): Promise<Ids> {
  // What asks for a recent proof of identity has it.
  await world.db.session.updateMany({ data: { provedAt: new Date() } });
  // A lease that can be extended.
  await world.db.project.update({ where: { id: world.project }, data: { leaseDays: 30 } });
  const vm = await addVm(world, { leaseEndsAt: new Date(Date.now() + 86_400_000) });
  const live = liveVm(vm);
  world.host.set({ ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] });
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
  // So that an administrator has something to leave.
  const { userId: adminId } = world.admin.actor;
  await world.db.membership.create({
    data: { projectId: world.project, userId: adminId, role: "viewer" },
  });
  const invitationId = newId();
  await world.db.invitation.create({
    data: {
      id: invitationId,
      tokenHash: newId(),
      email: "open@example.org",
      projectId: world.project,
      role: "member",
      invitedById: world.owner.actor.userId,
      invitedByName: world.owner.actor.name,
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return {
    invitationId,
    projectId: world.project,
    vmId: vm.id,
    name: vm.name,
    diskId: (await addKeptDisk(world)).id,
    imageId: image.id,
    uploadId: upload.id,
    taskId,
    tokenId: await addProjectToken(world),
    userId: world.viewer.actor.userId,
  };
}

async function addProjectToken({ db, project, owner }: World): Promise<string> {
  const id = newId();
  await db.apiToken.create({
    data: {
      id,
      tokenHash: id,
      hint: "portico_abcd",
      name: "nightly",
      userId: owner.actor.userId,
      projectId: project,
      scopes: '["read"]',
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  return id;
}
