import { newId } from "@/lib/db/id";
import type { LiveVm } from "@/lib/hypervisor/types";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { imageStore } from "@/lib/tasks/definitions/image-store";
import { liveVm } from "./live-vm";
import { addRecording, addWatchRow } from "./screen-rows";
import { liveDisk } from "./snapshots";
import {
  addAppliance,
  addBackup,
  addImage,
  addKeptDisk,
  addSchedule,
  addVm,
  type World,
} from "./world";

export interface Ids {
  projectId: string;
  vmId: string;
  name: string;
  /** One that was kept. */
  diskId: string;
  /** A backup of the VM. */
  backupId: string;
  /** A recording of the VM's screen; there is no file. */
  recordingId: string;
  imageId: string;
  uploadId: string;
  /** A VM's file that can be imported. */
  applianceId: string;
  taskId: string;
  /** A token of the project. */
  watchId: string;
  tokenId: string;
  /** Who is a viewer of the project. */
  userId: string;
  /** An open one. */
  invitationId: string;
}

export interface Population {
  ids: Ids;
  /** Runs on the world's host. */
  live: LiveVm;
}

/** Rows of every kind in the world's first project, for the use cases to work on. */
export async function populate(world: World): Promise<Ids> {
  const { ids, live } = await addPopulation(world);
  world.host.set(live);
  return ids;
}

/** The rows alone, and what their host has to show. */
export async function addPopulation(world: World): Promise<Population> {
  // What asks for a recent proof of identity has it.
  await world.db.session.updateMany({ data: { provedAt: new Date() } });
  // A lease that can be extended.
  await world.db.project.update({ where: { id: world.project }, data: { leaseDays: 30 } });
  const vm = await addVm(world, { leaseEndsAt: new Date(Date.now() + 86_400_000) });
  const live = liveVm(vm);
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
  await addSchedule(world, vm);
  const ids = {
    invitationId,
    projectId: world.project,
    vmId: vm.id,
    name: vm.name,
    diskId: (await addKeptDisk(world)).id,
    backupId: (await addBackup(world, vm)).id,
    recordingId: (await addRecording(world, vm)).id,
    imageId: image.id,
    uploadId: upload.id,
    applianceId: (await addAppliance(world)).id,
    taskId,
    watchId: (await addWatchRow(world, vm)).id,
    tokenId: await addProjectToken(world),
    userId: world.viewer.actor.userId,
  };
  return { ids, live: { ...live, disks: [liveDisk(live)], nextDisks: [liveDisk(live)] } };
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
