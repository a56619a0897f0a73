import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { uploadVolume } from "@/lib/hypervisor/volumes";
import { AppError } from "@/lib/model/errors";
import { cancelTask } from "@/lib/services/task/cancel-task";
import { silentLog } from "@/lib/services/testing/silent-log";
import { addImage } from "@/lib/services/testing/world";
import { bootOnce } from "@/lib/services/vm/boot-once";
import { deleteVm } from "@/lib/services/vm/delete-vm";
import { listVms } from "@/lib/services/vm/list-vms";
import { vmCreate } from "./definitions/vm-create";
import { vmDelete } from "./definitions/vm-delete";
import { reconcile } from "./reconcile";
import { CrashLab } from "./testing/crash-lab";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("vmcrash");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

describe("making and deleting a VM", () => {
  it("leaves a running guest, and then nothing", async () => {
    const portal = await lab.startPortal();
    const vmId = await lab.created(portal);
    const [view] = await listVms(portal.world.member, { projectId: portal.world.project });
    expect(view).toMatchObject({ id: vmId, state: "running", name: "guest" });
    expect((await lab.peer.virsh(["domstate", `p-${vmId}`])).trim()).toBe("running");
    await lab.remove(portal, vmId);
    await lab.expectNothingLeft(portal);
  });

  it("keeps the disks when that was asked, and the row with them", async () => {
    const portal = await lab.startPortal();
    const vmId = await lab.created(portal);
    const { member, db, hosts } = portal.world;
    const { taskId } = await deleteVm(member, { vmId, confirmName: "guest", keepDisks: true });
    expect(await lab.ended(db, taskId)).toBe("done");
    expect(await lab.domains()).toEqual([]);
    const kept = `p-${vmId}-0.qcow2`;
    expect(await lab.volumes()).toEqual([kept]);
    const { uploadsDir } = portal;
    expect(await db.disk.findMany()).toMatchObject([
      { vmId: null, hostId: lab.host.id, volume: kept, keptFrom: "guest", state: "ready" },
    ]);
    const findings = async () =>
      (await reconcile({ db, hosts, log: silentLog, uploadsDir })).findings;
    expect(await findings()).toEqual([]);
    await lab.peer.virsh(["vol-delete", kept, "--pool", "portico-disks"]);
    expect(await findings()).toEqual([
      { kind: "volume.missing", hostId: lab.host.id, subject: kept },
    ]);
  });

  const createPoints = vmCreate.steps
    .slice(1)
    .flatMap((step) => [`vm.create:${step}:before`, `vm.create:${step}:after`]);

  it.each(createPoints)("a portal killed at %s: the next one ends it", async (point) => {
    const portal = await lab.withCrash(point, async ({ world }) => {
      await lab.create(world);
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow();
    expect(await lab.ended(db, task.id)).toBe("done");
    expect(await lab.domains()).toHaveLength(1);
    expect(await lab.volumes()).toHaveLength(1);
    const vmId = task.targetId ?? "";
    expect((await lab.peer.virsh(["domstate", `p-${vmId}`])).trim()).toBe("running");
    await lab.remove(portal, vmId);
    await lab.expectNothingLeft(portal);
  });

  const deletePoints = vmDelete.steps.flatMap((step) => [
    `vm.delete:${step}:before`,
    `vm.delete:${step}:after`,
  ]);

  it.each(deletePoints)("a portal killed at %s: nothing is left", async (point) => {
    const portal = await lab.withCrash(point, async (own) => {
      const vmId = await lab.created(own);
      await deleteVm(own.world.member, { vmId, confirmName: "guest", keepDisks: false });
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow({ where: { kind: "vm.delete" } });
    expect(await lab.ended(db, task.id)).toBe("done");
    await lab.expectNothingLeft(portal);
  });
});

it("a start from a CD ends with the boot order of before, wherever the portal dies", async () => {
  const portal = await lab.startPortal();
  const { member, db } = portal.world;
  const { id: imageId, volume } = await addImage(portal.world);
  const place = { pool: "portico-images", name: volume ?? "", sizeBytes: 2048 };
  await uploadVolume(lab.host, place, Readable.from([Buffer.alloc(2048)]), () => undefined);
  const vmId = await lab.created(portal);
  const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const domain = `p-${vmId}`;
  const xml = (...which: string[]) => lab.peer.virsh(["dumpxml", domain, ...which]);
  await forceOffVm(lab.host, uuid);
  const before = await xml();

  // Around each of its calls to libvirt; it has written down beforehand what it puts back.
  for (const step of ["define:before", "define:after", "start:after", "restore:after"]) {
    const point = `vm.boot_once:${step}`;
    const crash = await lab.heldAt(portal, point);
    const { taskId } = await bootOnce(member, { vmId, imageId });
    await crash.reached;
    await lab.takeOver(portal);
    expect([point, await lab.ended(db, taskId)]).toEqual([point, "done"]);
    expect([point, await xml("--inactive")]).toEqual([point, before]);
    const live = await xml();
    expect(live).toMatch(
      new RegExp(`volume='${volume}'[\\s\\S]*<boot order='1'/>[\\s\\S]*</disk>`),
    );
    expect(live).toMatch(/dev='vda' bus='virtio'\/>\s*<serial>.*\s*<boot order='2'\/>/);
    await forceOffVm(lab.host, uuid);
    expect([point, await xml()]).toEqual([point, before]);
  }

  const call = lab.host.link.call.bind(lab.host.link);
  const refusing: typeof lab.host.link.call = async (name, args, options) => {
    if (name !== "domainCreateWithFlags") return call(name, args, options);
    throw new AppError({ code: "host.refused", message: "QEMU does not start" });
  };
  const spy = vi.spyOn(lab.host.link, "call").mockImplementation(refusing);
  const { taskId } = await bootOnce(member, { vmId, imageId });
  expect(await lab.ended(db, taskId)).toBe("failed");
  spy.mockRestore();
  expect(await xml()).toBe(before);
}, 180_000);

describe("a creation that cannot be", () => {
  const taken = async (vmId: string) => {
    const file = join(lab.peer.dir, "taken.xml");
    await writeFile(
      file,
      `<domain type='qemu'><name>p-${vmId}</name><memory unit='MiB'>64</memory>
       <os><type machine='q35'>hvm</type></os></domain>`,
    );
    await lab.peer.virsh(["define", file]);
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
      const portal = await lab.startPortal(async (name) => {
        if (name === "vm.create:define:before") {
          const vm = await portal.world.db.vm.findFirstOrThrow();
          await taken(vm.id);
        }
        if (name !== point) return;
        reached();
        await new Promise(() => undefined);
      });
      const { vmId, taskId } = await lab.create(portal.world);
      if (point !== null) {
        await crashed;
        await lab.takeOver(portal);
      }
      expect(await lab.ended(portal.world.db, taskId)).toBe("failed");
      const task = await portal.world.db.task.findUniqueOrThrow({ where: { id: taskId } });
      expect(JSON.parse(task.error ?? "")).toMatchObject({
        key: "host.refused",
        detail: expect.stringContaining("already exists"),
      });
      // The domain of that name is somebody else's: it is still there, and never ours to touch.
      expect(await lab.domains()).toEqual([`p-${vmId}`]);
      await lab.peer.virsh(["undefine", `p-${vmId}`]);
      await lab.expectNothingLeft(portal);
    },
  );

  it("because it cannot start is undone, with QEMU's or libvirt's words kept", async () => {
    const portal = await lab.startPortal();
    await lab.peer.virsh(["net-destroy", "default"]);
    // The inventory has not seen it yet or has: either refusal is right, none leaves anything.
    const answer = await lab.create(portal.world).catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer).toMatchObject({ code: "input.invalid" });
    else {
      const { taskId } = answer as { taskId: string };
      expect(await lab.ended(portal.world.db, taskId)).toBe("failed");
      const task = await portal.world.db.task.findUniqueOrThrow({ where: { id: taskId } });
      expect(task.error).toContain("network");
    }
    await lab.peer.virsh(["net-start", "default"]);
    await eventually("the network", () =>
      expect(lab.host.inventory.networks().some((network) => network.active)).toBe(true),
    );
    await lab.expectNothingLeft(portal);
  });

  it("because it was cancelled is undone", async () => {
    const portal = await lab.startPortal(async (name) => {
      if (name !== "vm.create:start:before") return;
      const task = await portal.world.db.task.findFirstOrThrow();
      await cancelTask(portal.world.member, { taskId: task.id });
    });
    const { taskId } = await lab.create(portal.world);
    expect(await lab.ended(portal.world.db, taskId)).toBe("cancelled");
    await lab.expectNothingLeft(portal);
  });
});

describe("a host that goes away", () => {
  it.each(["volume", "define", "start"])(
    "in mid-create before %s: the task ends once it is back, and nothing is twice",
    async (step) => {
      let killed = false;
      const portal = await lab.startPortal(async (name) => {
        if (name !== `vm.create:${step}:before` || killed) return;
        killed = true;
        await lab.peer.kill("SIGKILL");
      });
      const { vmId, taskId } = await lab.create(portal.world);
      await eventually("the end of libvirtd", () => expect(killed).toBe(true));
      await lab.peer.restart();
      expect(await lab.ended(portal.world.db, taskId)).toBe("done");
      expect(await lab.domains()).toEqual([`p-${vmId}`]);
      expect(await lab.volumes()).toHaveLength(1);
      await lab.remove(portal, vmId);
      await lab.expectNothingLeft(portal);
    },
  );
});

describe("what libvirt says behind the portal's back", () => {
  it("is shown: off, missing; a stranger's domain is never touched", async () => {
    const portal = await lab.startPortal();
    const vmId = await lab.created(portal);
    const { member, project, db, hosts } = portal.world;
    const stateIs = (state: string) =>
      eventually(state, async () =>
        expect((await listVms(member, { projectId: project }))[0]?.state).toBe(state),
      );
    await lab.peer.virsh(["destroy", `p-${vmId}`]);
    await stateIs("off");
    await lab.peer.virsh(["undefine", `p-${vmId}`]);
    await stateIs("missing");
    const stranger = join(lab.peer.dir, "stranger.xml");
    await writeFile(
      stranger,
      `<domain type='qemu'><name>stranger</name><memory unit='MiB'>64</memory>
       <os><type machine='q35'>hvm</type></os></domain>`,
    );
    await lab.peer.virsh(["define", stranger]);
    const before = await lab.peer.virsh(["dumpxml", "stranger"]);
    const { uploadsDir } = portal;
    const report = await reconcile({ db, hosts, log: silentLog, uploadsDir });
    expect(report.findings).toEqual([{ kind: "vm.missing", hostId: lab.host.id, subject: vmId }]);
    await lab.remove(portal, vmId);
    expect(await lab.domains()).toEqual(["stranger"]);
    expect(await lab.peer.virsh(["dumpxml", "stranger"])).toBe(before);
    await lab.peer.virsh(["undefine", "stranger"]);
    await lab.expectNothingLeft(portal);
  });
});
