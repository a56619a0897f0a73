import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { tempDir } from "@/lib/db/testing/temp-db";
import { ensureHostReady } from "@/lib/hypervisor/ensure-host-ready";
import type { SupervisedHost } from "@/lib/hypervisor/host";
import { connectTestHost } from "@/lib/hypervisor/testing/test-host";
import { deleteVolume, listVolumes } from "@/lib/hypervisor/volumes";
import { deleteImage } from "@/lib/services/image/delete-image";
import { finishUpload } from "@/lib/services/image/upload/finish-upload";
import { cancelTask } from "@/lib/services/task/cancel-task";
import { makeRealWorld, type RealWorld } from "@/lib/services/testing/real-world";
import { silentLog } from "@/lib/services/testing/silent-log";
import { createVm } from "@/lib/services/vm/create-vm";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { insertMedia } from "@/lib/services/vm/insert-media";
import { listVms } from "@/lib/services/vm/list-vms";
import { powerVm } from "@/lib/services/vm/power-vm";
import { imageStore } from "./definitions/image-store";
import { vmCreate } from "./definitions/vm-create";
import { vmDelete } from "./definitions/vm-delete";
import { reconcile } from "./reconcile";
import { createTaskRunner, type TaskRunner } from "./runner";

const run = promisify(execFile);

let peer: PrivateHost;
let host: SupervisedHost;
let isoPath: string;

beforeAll(async () => {
  peer = await startPrivateHost({ name: "tasks" });
  host = await connectTestHost(peer.uri);
  await ensureHostReady(host);
  await eventually("the pools", () => {
    expect(host.inventory.pools().filter((pool) => pool.active)).toHaveLength(2);
    expect(host.inventory.networks().some((network) => network.active)).toBe(true);
  });
  const tree = join(peer.dir, "tree");
  await mkdir(tree);
  await writeFile(join(tree, "payload.bin"), randomBytes(3_000_000));
  isoPath = join(peer.dir, "test.iso");
  await run("xorriso", ["-as", "mkisofs", "-quiet", "-V", "CRASH_TEST", "-o", isoPath, tree]);
});
afterAll(async () => {
  await host?.stop();
  await peer?.stop();
});

/** A test that fails must not make the next ones fail. */
afterEach(async () => {
  for (const name of await domains()) {
    await peer.virsh(["destroy", name]).catch(() => undefined);
    await peer.virsh(["undefine", name]).catch(() => undefined);
  }
  for (const pool of ["portico-disks", "portico-images"]) {
    for (const { name } of await listVolumes(host, pool)) await deleteVolume(host, pool, name);
  }
});

interface Portal {
  runner: TaskRunner;
  world: RealWorld;
  uploadsDir: string;
}

function startRunner(
  world: RealWorld,
  uploadsDir: string,
  failPoint?: (name: string) => Promise<void>,
): TaskRunner {
  const { db, hosts } = world;
  const runner = createTaskRunner({
    db,
    hosts,
    log: silentLog,
    uploadsDir,
    leaseMs: 1_000,
    unknownDelayMs: 100,
    failPoint,
  });
  onTestFinished(() => runner.stop(0));
  runner.pump();
  return runner;
}

async function startPortal(failPoint?: (name: string) => Promise<void>): Promise<Portal> {
  const world = await makeRealWorld(host);
  const uploadsDir = join(await tempDir(), "uploads");
  await mkdir(uploadsDir);
  return { world, uploadsDir, runner: startRunner(world, uploadsDir, failPoint) };
}

/** Kills the portal's runner at a fail point and lets a new one take over. */
async function withCrash(point: string, begin: (portal: Portal) => Promise<void>): Promise<Portal> {
  let reached = (): void => undefined;
  const crashed = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const portal = await startPortal(async (name) => {
    if (name !== point) return;
    reached();
    await new Promise(() => undefined);
  });
  await begin(portal);
  await crashed;
  await portal.runner.stop(0);
  portal.runner = startRunner(portal.world, portal.uploadsDir);
  return portal;
}

async function ended(db: Db, taskId: string): Promise<string> {
  return eventually("the end of the task", async () => {
    const { state } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
    expect(["done", "failed", "cancelled"]).toContain(state);
    return state;
  });
}

function create(world: RealWorld, name = "guest", network = "default", imageId?: string) {
  return createVm(world.member, {
    projectId: world.project,
    name,
    imageId: imageId ?? null,
    vcpus: 1,
    memoryMib: 64,
    diskGib: 1,
    diskFormat: "qcow2",
    network,
    firmware: "bios",
  });
}

async function created(portal: Portal, name?: string): Promise<string> {
  const { vmId, taskId } = await create(portal.world, name);
  expect(await ended(portal.world.db, taskId)).toBe("done");
  return vmId;
}

const domains = async () =>
  (await peer.virsh(["list", "--all", "--name"])).split("\n").filter((name) => name !== "");
const volumes = async () => [
  ...(await listVolumes(host, "portico-disks")).map((each) => each.name),
  ...(await listVolumes(host, "portico-images")).map((each) => each.name),
];

async function expectNothingLeft({ world, uploadsDir }: Portal): Promise<void> {
  expect(await domains()).toEqual([]);
  expect(await volumes()).toEqual([]);
  expect(await world.db.vm.count()).toBe(0);
  expect(await world.db.disk.count()).toBe(0);
  const { db, hosts } = world;
  const report = await reconcile({ db, hosts, log: silentLog, uploadsDir });
  expect(report.findings).toEqual([]);
}

async function remove(portal: Portal, vmId: string, name = "guest"): Promise<void> {
  const { member, db } = portal.world;
  const { taskId } = await deleteVm(member, { vmId, confirmName: name, keepDisks: false });
  expect(await ended(db, taskId)).toBe("done");
}

describe("making and deleting a VM", () => {
  it("leaves a running guest, and then nothing", async () => {
    const portal = await startPortal();
    const vmId = await created(portal);
    const [view] = await listVms(portal.world.member, { projectId: portal.world.project });
    expect(view).toMatchObject({ id: vmId, state: "running", name: "guest" });
    expect((await peer.virsh(["domstate", `p-${vmId}`])).trim()).toBe("running");
    await remove(portal, vmId);
    await expectNothingLeft(portal);
  });

  it("keeps the disks when that was asked, and reports them as nobody's", async () => {
    const portal = await startPortal();
    const vmId = await created(portal);
    const { member, db, hosts } = portal.world;
    const { taskId } = await deleteVm(member, { vmId, confirmName: "guest", keepDisks: true });
    expect(await ended(db, taskId)).toBe("done");
    expect(await domains()).toEqual([]);
    const kept = `p-${vmId}-0.qcow2`;
    expect(await volumes()).toEqual([kept]);
    const { uploadsDir } = portal;
    const report = await reconcile({ db, hosts, log: silentLog, uploadsDir });
    expect(report.findings).toEqual([{ kind: "volume.orphan", hostId: host.id, subject: kept }]);
    expect(await volumes()).toEqual([kept]);
    await peer.virsh(["vol-delete", kept, "--pool", "portico-disks"]);
  });

  const createPoints = vmCreate.steps
    .slice(1)
    .flatMap((step) => [`vm.create:${step}:before`, `vm.create:${step}:after`]);

  it.each(createPoints)("a portal killed at %s: the next one ends it", async (point) => {
    const portal = await withCrash(point, async ({ world }) => {
      await create(world);
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow();
    expect(await ended(db, task.id)).toBe("done");
    expect(await domains()).toHaveLength(1);
    expect(await volumes()).toHaveLength(1);
    const vmId = task.targetId ?? "";
    expect((await peer.virsh(["domstate", `p-${vmId}`])).trim()).toBe("running");
    await remove(portal, vmId);
    await expectNothingLeft(portal);
  });

  const deletePoints = vmDelete.steps.flatMap((step) => [
    `vm.delete:${step}:before`,
    `vm.delete:${step}:after`,
  ]);

  it.each(deletePoints)("a portal killed at %s: nothing is left", async (point) => {
    const portal = await withCrash(point, async (own) => {
      const vmId = await created(own);
      await deleteVm(own.world.member, { vmId, confirmName: "guest", keepDisks: false });
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow({ where: { kind: "vm.delete" } });
    expect(await ended(db, task.id)).toBe("done");
    await expectNothingLeft(portal);
  });
});

describe("a creation that cannot be", () => {
  const taken = async (vmId: string) => {
    const file = join(peer.dir, "taken.xml");
    await writeFile(
      file,
      `<domain type='qemu'><name>p-${vmId}</name><memory unit='MiB'>64</memory>
       <os><type machine='q35'>hvm</type></os></domain>`,
    );
    await peer.virsh(["define", file]);
  };

  const undoPoints = ["define", "volume", "reserve"].flatMap((step) => [
    `vm.create:${step}:undo:before`,
    `vm.create:${step}:undo:after`,
  ]);

  it.each([null, ...undoPoints])(
    "because libvirt refuses the definition leaves no disk, killed at %s",
    async (point) => {
      let reached = (): void => undefined;
      const crashed = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const portal = await startPortal(async (name) => {
        if (name === "vm.create:define:before") {
          const vm = await portal.world.db.vm.findFirstOrThrow();
          await taken(vm.id);
        }
        if (name !== point) return;
        reached();
        await new Promise(() => undefined);
      });
      const { vmId, taskId } = await create(portal.world);
      if (point !== null) {
        await crashed;
        await portal.runner.stop(0);
        portal.runner = startRunner(portal.world, portal.uploadsDir);
      }
      expect(await ended(portal.world.db, taskId)).toBe("failed");
      const task = await portal.world.db.task.findUniqueOrThrow({ where: { id: taskId } });
      expect(JSON.parse(task.error ?? "")).toMatchObject({
        key: "host.refused",
        detail: expect.stringContaining("already exists"),
      });
      // The domain of that name is somebody else's: it is still there, and never ours to touch.
      expect(await domains()).toEqual([`p-${vmId}`]);
      await peer.virsh(["undefine", `p-${vmId}`]);
      await expectNothingLeft(portal);
    },
  );

  it("because it cannot start is undone, with QEMU's or libvirt's words kept", async () => {
    const portal = await startPortal();
    await peer.virsh(["net-destroy", "default"]);
    // The inventory has not seen it yet or has: either refusal is right, none leaves anything.
    const answer = await create(portal.world).catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer).toMatchObject({ code: "input.invalid" });
    else {
      const { taskId } = answer as { taskId: string };
      expect(await ended(portal.world.db, taskId)).toBe("failed");
      const task = await portal.world.db.task.findUniqueOrThrow({ where: { id: taskId } });
      expect(task.error).toContain("network");
    }
    await peer.virsh(["net-start", "default"]);
    await eventually("the network", () =>
      expect(host.inventory.networks().some((network) => network.active)).toBe(true),
    );
    await expectNothingLeft(portal);
  });

  it("because it was cancelled is undone", async () => {
    const portal = await startPortal(async (name) => {
      if (name !== "vm.create:start:before") return;
      const task = await portal.world.db.task.findFirstOrThrow();
      await cancelTask(portal.world.member, { taskId: task.id });
    });
    const { taskId } = await create(portal.world);
    expect(await ended(portal.world.db, taskId)).toBe("cancelled");
    await expectNothingLeft(portal);
  });
});

describe("a host that goes away", () => {
  it.each(["volume", "define", "start"])(
    "in mid-create before %s: the task ends once it is back, and nothing is twice",
    async (step) => {
      let killed = false;
      const portal = await startPortal(async (name) => {
        if (name !== `vm.create:${step}:before` || killed) return;
        killed = true;
        await peer.kill("SIGKILL");
      });
      const { vmId, taskId } = await create(portal.world);
      await eventually("the end of libvirtd", () => expect(killed).toBe(true));
      await peer.restart();
      expect(await ended(portal.world.db, taskId)).toBe("done");
      expect(await domains()).toEqual([`p-${vmId}`]);
      expect(await volumes()).toHaveLength(1);
      await remove(portal, vmId);
      await expectNothingLeft(portal);
    },
  );
});

describe("what libvirt says behind the portal's back", () => {
  it("is shown: off, missing; a stranger's domain is never touched", async () => {
    const portal = await startPortal();
    const vmId = await created(portal);
    const { member, project, db, hosts } = portal.world;
    const stateIs = (state: string) =>
      eventually(state, async () =>
        expect((await listVms(member, { projectId: project }))[0]?.state).toBe(state),
      );
    await peer.virsh(["destroy", `p-${vmId}`]);
    await stateIs("off");
    await peer.virsh(["undefine", `p-${vmId}`]);
    await stateIs("missing");
    const stranger = join(peer.dir, "stranger.xml");
    await writeFile(
      stranger,
      `<domain type='qemu'><name>stranger</name><memory unit='MiB'>64</memory>
       <os><type machine='q35'>hvm</type></os></domain>`,
    );
    await peer.virsh(["define", stranger]);
    const before = await peer.virsh(["dumpxml", "stranger"]);
    const { uploadsDir } = portal;
    const report = await reconcile({ db, hosts, log: silentLog, uploadsDir });
    expect(report.findings).toEqual([{ kind: "vm.missing", hostId: host.id, subject: vmId }]);
    await remove(portal, vmId);
    expect(await domains()).toEqual(["stranger"]);
    expect(await peer.virsh(["dumpxml", "stranger"])).toBe(before);
    await peer.virsh(["undefine", "stranger"]);
    await expectNothingLeft(portal);
  });
});

describe("an image", () => {
  async function arrive(portal: Portal, sha256: string | null = null): Promise<string> {
    const { db, hosts, project, member } = portal.world;
    const bytes = await readFile(isoPath);
    const imageId = newId();
    await copyFile(isoPath, join(portal.uploadsDir, imageId));
    await db.image.create({
      data: {
        id: imageId,
        projectId: project,
        name: "test.iso",
        state: "uploading",
        sizeBytes: BigInt(bytes.length),
        uploadedById: member.actor.userId,
        uploadedBy: "member",
      },
    });
    expect(await finishUpload({ db, hosts, clock: () => new Date() }, imageId, sha256)).toBe(true);
    return imageId;
  }

  async function imageIs(portal: Portal, imageId: string, state: string) {
    return eventually(`an image that is ${state}`, async () => {
      const image = await portal.world.db.image.findUniqueOrThrow({ where: { id: imageId } });
      expect(image.state).toBe(state);
      return image;
    });
  }

  async function taskOf(portal: Portal, imageId: string, kind: string): Promise<string> {
    const task = await portal.world.db.task.findFirstOrThrow({
      where: { targetId: imageId, kind },
    });
    return ended(portal.world.db, task.id);
  }

  async function removeImage(portal: Portal, imageId: string): Promise<void> {
    await deleteImage(portal.world.member, { imageId });
    await eventually("the image's end", async () =>
      expect(await portal.world.db.image.count({ where: { id: imageId } })).toBe(0),
    );
    expect(await taskOf(portal, imageId, "image.delete")).toBe("done");
  }

  const points = imageStore.steps.flatMap((step) => [
    `image.store:${step}:before`,
    `image.store:${step}:after`,
  ]);

  it.each([null, ...points])("is stored byte by byte, killed at %s", async (point) => {
    let imageId = "";
    const portal =
      point === null
        ? await startPortal()
        : await withCrash(point, async (own) => {
            imageId = await arrive(own);
          });
    if (point === null) imageId = await arrive(portal);
    const image = await imageIs(portal, imageId, "ready");
    expect(await taskOf(portal, imageId, "image.store")).toBe("done");
    const bytes = await readFile(isoPath);
    expect(image).toMatchObject({
      volumeLabel: "CRASH_TEST",
      volume: `p-${imageId}.iso`,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
    const copy = join(peer.dir, "copy.iso");
    await peer.virsh(["vol-download", `p-${imageId}.iso`, copy, "--pool", "portico-images"]);
    expect((await readFile(copy)).equals(bytes)).toBe(true);
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    await removeImage(portal, imageId);
    await expectNothingLeft(portal);
  });

  it("that the project has already is kept once, also when both arrive together", async () => {
    const portal = await startPortal();
    const ids = await Promise.all([arrive(portal), arrive(portal)]);
    await eventually("both ends", async () => {
      const states = await portal.world.db.image.findMany({ select: { state: true } });
      expect(states.map((each) => each.state).sort()).toEqual(["ready", "refused"]);
    });
    for (const id of ids) await taskOf(portal, id, "image.store");
    const refused = await portal.world.db.image.findFirstOrThrow({ where: { state: "refused" } });
    expect(JSON.parse(refused.error ?? "")).toEqual({
      key: "image.duplicate",
      values: { name: "test.iso" },
    });
    expect(await volumes()).toHaveLength(1);
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    const ready = ids.find((id) => id !== refused.id) ?? "";
    expect(await deleteImage(portal.world.member, { imageId: refused.id })).toEqual({
      taskId: null,
    });
    await removeImage(portal, ready);
    await expectNothingLeft(portal);
  });

  it("that is none is refused and removed, whatever its head said", async () => {
    const portal = await startPortal();
    const good = await readFile(isoPath);
    isoPath = join(peer.dir, "half.iso");
    await writeFile(isoPath, good.subarray(0, 1_000_000));
    const imageId = await arrive(portal);
    const image = await imageIs(portal, imageId, "refused");
    isoPath = join(peer.dir, "test.iso");
    expect(JSON.parse(image.error ?? "")).toMatchObject({ key: "image.truncated" });
    expect(await taskOf(portal, imageId, "image.store")).toBe("failed");
    expect(await readdir(portal.uploadsDir)).toEqual([]);
    await expectNothingLeft(portal);
  });

  it("is not deleted while a drive holds it, and can be ejected", async () => {
    const portal = await startPortal();
    const imageId = await arrive(portal);
    await imageIs(portal, imageId, "ready");
    const vmId = await created(portal);
    const { member } = portal.world;
    await powerVm(member, { vmId, verb: "force_off" });
    const inserted = await insertMedia(member, { vmId, imageId });
    expect(inserted.disks.find((disk) => disk.device === "cdrom")).toMatchObject({
      imageId,
      imageName: "test.iso",
    });
    await expect(deleteImage(member, { imageId })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "image.in_use", values: { names: "guest", count: 1 } },
    });
    await remove(portal, vmId);
    await removeImage(portal, imageId);
    await expectNothingLeft(portal);
  });
});
