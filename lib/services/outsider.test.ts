import { describe, expect, it } from "vitest";
import { newId } from "@/lib/db/id";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { vmDelete } from "@/lib/tasks/definitions/vm-delete";
import type { Context } from "./context";
import { hostNotices } from "./host/host-notice";
import { listHosts } from "./host/list-hosts";
import { cancelUpload } from "./image/cancel-upload";
import { deleteImage } from "./image/delete-image";
import { listImages } from "./image/list-images";
import { subscribe } from "./live/subscribe";
import { listNetworks } from "./network/list-networks";
import { listProjects } from "./project/list-projects";
import { projectBySlug } from "./project/project-by-slug";
import { cancelTask } from "./task/cancel-task";
import { listTasks } from "./task/list-tasks";
import { addImage, addVm, everything, liveVm, makeWorld, type World } from "./testing/world";
import { createVm } from "./vm/create-vm";
import { deleteVm } from "./vm/delete-vm";
import { ejectMedia } from "./vm/eject-media";
import { getVm } from "./vm/get-vm";
import { insertMedia } from "./vm/insert-media";
import { listUnmanaged } from "./vm/list-unmanaged";
import { listVms } from "./vm/list-vms";
import { openConsole } from "./vm/open-console";
import { powerVm } from "./vm/power-vm";
import { resizeVm } from "./vm/resize-vm";

interface Ids {
  projectId: string;
  vmId: string;
  name: string;
  imageId: string;
  uploadId: string;
  taskId: string;
}

type Call = (ctx: Context, ids: Ids) => unknown;

const sizes = { vcpus: 2, maxVcpus: 4, memoryKib: 1_048_576, maxMemoryKib: 2_097_152 };

/** Every use case on an object of a project, with the weakest role that may. */
const useCases: [string, "viewer" | "member", Call][] = [
  ["list VMs", "viewer", (ctx, { projectId }) => listVms(ctx, { projectId })],
  ["see a VM", "viewer", (ctx, { vmId }) => getVm(ctx, { vmId })],
  ["list images", "viewer", (ctx, { projectId }) => listImages(ctx, { projectId })],
  ["list networks", "viewer", (ctx, { projectId }) => listNetworks(ctx, { projectId })],
  ["list tasks", "viewer", (ctx, { projectId }) => listTasks(ctx, { projectId })],
  ["open a project", "viewer", (ctx) => projectBySlug(ctx, { slug: "one" })],
  ["follow events", "viewer", async (ctx, ids) => subscribe(ctx, ids, () => undefined)()],
  [
    "create a VM",
    "member",
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
  ["start a VM", "member", (ctx, { vmId }) => powerVm(ctx, { vmId, verb: "start" })],
  ["force a VM off", "member", (ctx, { vmId }) => powerVm(ctx, { vmId, verb: "force_off" })],
  [
    "delete a VM",
    "member",
    (ctx, { vmId, name }) => deleteVm(ctx, { vmId, confirmName: name, keepDisks: false }),
  ],
  [
    "resize a VM",
    "member",
    (ctx, { vmId }) =>
      resizeVm(ctx, { vmId, vcpus: 4, memoryMib: 1024, seen: { live: sizes, next: sizes } }),
  ],
  ["eject", "member", (ctx, { vmId }) => ejectMedia(ctx, { vmId })],
  ["insert", "member", (ctx, { vmId, imageId }) => insertMedia(ctx, { vmId, imageId })],
  ["open a console", "member", (ctx, { vmId }) => openConsole(ctx, { vmId })],
  ["delete an image", "member", (ctx, { imageId }) => deleteImage(ctx, { imageId })],
  ["cancel an upload", "member", (ctx, { uploadId }) => cancelUpload(ctx, { imageId: uploadId })],
  ["cancel a task", "member", (ctx, { taskId }) => cancelTask(ctx, { taskId })],
];

async function populate(world: World): Promise<Ids> {
  const vm = await addVm(world);
  world.host.set(liveVm(vm));
  const image = await addImage(world);
  const upload = await addImage(world, { state: "uploading", pool: null, volume: null });
  const taskId = await enqueueTask(world.db, vmDelete, {
    input: { vmId: newId(), hostId: "local", uuid: "u", keepDisks: false },
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
  };
}

async function outcome(call: Call, ctx: Context, ids: Ids): Promise<unknown> {
  return (async () => call(ctx, ids))().catch((error: unknown) => error);
}

describe("an outsider", () => {
  it.each(useCases)("cannot %s: not found, and nothing moves", async (_name, _role, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    const before = await everything(world.db);
    expect(await outcome(call, world.outsider, ids)).toMatchObject({ code: "not_found" });
    expect(await everything(world.db)).toEqual(before);
    expect(await world.db.auditEvent.count({ where: { outcome: "ok" } })).toBe(0);
  });

  it("sees only its own project", async () => {
    const world = await makeWorld();
    expect((await listProjects(world.outsider)).map((each) => each.slug)).toEqual(["two"]);
    expect((await listProjects(world.admin)).map((each) => each.slug)).toEqual(["one", "two"]);
  });

  it("learns no neighbour's address from the network it shares", async () => {
    const world = await makeWorld();
    const own = await addVm({ db: world.db, project: world.otherProject });
    const theirs = await addVm(world);
    const nic = (mac: string) => ({ mac, network: "default", model: "virtio", tap: null });
    world.host.set(liveVm(own, { nics: [nic("52:54:00:00:00:01")] }));
    world.host.set(liveVm(theirs, { nics: [nic("52:54:00:00:00:02")] }));
    const lease = (mac: string, address: string) => ({
      mac,
      address,
      hostname: "h",
      expiresAt: null,
    });
    world.host.networks = world.host.networks.map((network) => ({
      ...network,
      leases: [lease("52:54:00:00:00:01", "10.0.0.1"), lease("52:54:00:00:00:02", "10.0.0.2")],
    }));
    const [network] = await listNetworks(world.outsider, { projectId: world.otherProject });
    expect(network?.leases.map((each) => each.address)).toEqual(["10.0.0.1"]);
  });
});

describe("a viewer", () => {
  const writes = useCases.filter(([, role]) => role === "member");
  const reads = useCases.filter(([, role]) => role === "viewer");

  it.each(writes)("may not %s: forbidden, and nothing moves", async (_name, _role, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    const before = await everything(world.db);
    expect(await outcome(call, world.viewer, ids)).toMatchObject({ code: "auth.forbidden" });
    expect(await everything(world.db)).toEqual(before);
  });

  it.each(reads)("may %s", async (_name, _role, call) => {
    const world = await makeWorld();
    const ids = await populate(world);
    expect(await outcome(call, world.viewer, ids)).not.toBeInstanceOf(Error);
  });
});

describe("what belongs to the installation", () => {
  it.each([
    ["hosts", (ctx: Context) => listHosts(ctx)],
    ["unmanaged domains", (ctx: Context) => listUnmanaged(ctx)],
  ])("%s are for admins only", async (_name, call) => {
    const world = await makeWorld();
    await expect(call(world.owner)).rejects.toMatchObject({ code: "auth.forbidden" });
    await call(world.admin);
  });

  it("a host's paths and errors are not in what members get", async () => {
    const world = await makeWorld();
    world.host.connection = "unreachable";
    const [shown] = await hostNotices(world.member);
    expect(shown).toMatchObject({ connection: "unreachable", connectionError: null });
    expect(JSON.stringify(shown)).not.toMatch(/\/dev|socket/);
    const [full] = await hostNotices(world.admin);
    expect(full?.connectionError).toContain("socket");
  });
});
