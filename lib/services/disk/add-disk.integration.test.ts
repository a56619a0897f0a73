import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { guestIsUp, inGuest } from "@/e2e/helpers/oracle";
import { detachDisk as takeAway } from "@/lib/hypervisor/vm/detach-disk";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import type { Args } from "@/lib/libvirt";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { AppError } from "@/lib/model/errors";
import { diskAdd } from "@/lib/tasks/definitions/disk-add";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import { addGuestImage } from "@/lib/tasks/testing/guest-image";
import { createSnapshot } from "../snapshot/create-snapshot";
import { bootOnce } from "../vm/boot-once";
import { deleteVm } from "../vm/delete-vm";
import { ejectMedia } from "../vm/eject-media";
import { setBootOrder } from "../vm/set-boot-order";
import { addDisk } from "./add-disk";
import { attachDisk } from "./attach-disk";
import { detachDisk } from "./detach-disk";
import { growDisk } from "./grow-disk";
import { listDisks } from "./list-disks";
import { planDiskSettings } from "./plan-disk-settings";
import { setDiskLimits } from "./set-disk-limits";
import { setDiskSettings } from "./set-disk-settings";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("adddisk");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

const volumes = () => lab.peer.virsh(["vol-list", "portico-disks"]);

async function sizeOf(domain: string, target: string): Promise<number> {
  const info = await lab.peer.virsh(["domblkinfo", domain, target]);
  return Number(/Capacity:\s+(\d+)/.exec(info)?.[1]);
}

async function ended({ world }: Portal, taskId: string): Promise<string> {
  const state = await lab.ended(world.db, taskId);
  const { error } = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
  return error === null ? state : `${state}: ${error}`;
}

it("a running guest has it at once and at its next start; it goes with the VM", async () => {
  const portal = await lab.startPortal();
  const { member, db, project } = portal.world;
  const imageId = await addGuestImage(lab, portal.world);
  const vmId = await lab.created(portal, "guest", { imageId, memoryMib: 256 });
  const domain = `p-${vmId}`;
  await guestIsUp(lab.peer, domain);

  const first = await addDisk(member, { vmId, sizeGib: 2, format: "qcow2" });
  const second = await addDisk(member, { vmId, sizeGib: 1, format: "raw" });
  expect(await ended(portal, first.taskId)).toBe("done");
  expect(await ended(portal, second.taskId)).toBe("done");
  // Sectors of 512 bytes, as the guest's kernel counts them once it has found the disk.
  for (const [disk, gib] of [
    ["vdb", 2],
    ["vdc", 1],
  ]) {
    await eventually(`${disk} in the guest`, async () => {
      const size = await inGuest(lab.peer, domain, ["/bin/cat", `/sys/block/${disk}/size`]);
      expect(Number(size)).toBe(Number(gib) * 2 ** 21);
    });
  }
  const rows = await db.disk.findMany({ where: { vmId }, orderBy: { target: "asc" } });
  expect(rows.map((row) => row.target)).toEqual(["vda", "vdb", "vdc"]);
  for (const which of [[], ["--inactive"]]) {
    const list = await lab.peer.virsh(["domblklist", domain, ...which]);
    for (const row of rows) expect(list).toMatch(new RegExp(`${row.target}\\s.*${row.volume}`));
  }
  expect((await listDisks(member, { projectId: project })).map((disk) => disk.name)).toEqual([
    "guest/vda",
    "guest/vdb",
    "guest/vdc",
  ]);

  const grown = await growDisk(member, { vmId, target: "vdb", sizeGib: 3 });
  expect(await ended(portal, grown.taskId)).toBe("done");
  await eventually("its new size in the guest", async () => {
    const size = await inGuest(lab.peer, domain, ["/bin/cat", "/sys/block/vdb/size"]);
    expect(Number(size)).toBe(3 * 2 ** 21);
  });
  expect(await sizeOf(domain, "vdb")).toBe(3 * 2 ** 30);

  const limits = { iops: 500, iopsBurst: 1000, mibps: 20, mibpsBurst: null };
  const vdb = { vmId, target: "vdb" };
  await expect(setDiskLimits(member, { ...vdb, ...limits })).rejects.toMatchObject({
    code: "auth.forbidden",
  });
  const held = await setDiskLimits(portal.world.admin, { ...vdb, ...limits });
  expect(held.disks.find((disk) => disk.target === "vdb")).toMatchObject({ limits });
  expect(held.pendingChanges).toBe(false);
  for (const which of ["--live", "--config"]) {
    const tune = await lab.peer.virsh(["blkdeviotune", domain, "vdb", which]);
    expect(tune).toMatch(/total_iops_sec\s*: 500\n/);
    expect(tune).toMatch(/total_iops_sec_max\s*: 1000\n/);
    expect(tune).toMatch(new RegExp(`total_bytes_sec\\s*: ${20 * 2 ** 20}\n`));
  }
  const free = await setDiskLimits(portal.world.admin, { ...vdb, ...noDiskLimits });
  expect(free.disks.find((disk) => disk.target === "vdb")?.limits).toEqual(noDiskLimits);
  expect(await lab.peer.virsh(["dumpxml", domain, "--inactive"])).not.toContain("<iotune>");

  const before = await volumes();
  const call = lab.host.link.call.bind(lab.host.link);
  const halfDone: typeof lab.host.link.call = async (name, args, options) => {
    if (name !== "domainAttachDeviceFlags") return call(name, args, options);
    const live = { ...(args as Args<"domainAttachDeviceFlags">), flags: 1 };
    await call("domainAttachDeviceFlags", live, options);
    throw new AppError({ code: "host.refused", message: "no room for the definition" });
  };
  const spy = vi.spyOn(lab.host.link, "call").mockImplementation(halfDone);
  const half = await addDisk(member, { vmId, sizeGib: 1, format: "qcow2" });
  expect(await lab.ended(db, half.taskId)).toBe("failed");
  spy.mockRestore();
  expect(await volumes()).toBe(before);
  expect(await db.disk.count({ where: { vmId } })).toBe(3);
  expect(await lab.peer.virsh(["domblklist", domain])).not.toMatch(/^\s*vdd\s/m);

  const away = { vmId, target: "vdc", remove: false, confirmName: null };
  expect(await ended(portal, (await detachDisk(member, away)).taskId)).toBe("done");
  await eventually("the guest without it", async () =>
    expect(await inGuest(lab.peer, domain, ["/bin/ls", "/sys/block"])).not.toContain("vdc"),
  );
  for (const which of [[], ["--inactive"]]) {
    expect(await lab.peer.virsh(["domblklist", domain, ...which])).not.toMatch(/^\s*vdc\s/m);
  }
  const kept = await db.disk.findFirstOrThrow({ where: { vmId: null } });
  expect(kept).toMatchObject({ state: "ready", keptFrom: "guest", target: "vdc" });
  expect(await volumes()).toContain(kept.volume);
  const back = await attachDisk(member, { vmId, diskId: kept.id });
  expect(await ended(portal, back.taskId)).toBe("done");
  const again = await db.disk.findUniqueOrThrow({ where: { id: kept.id } });
  expect(again).toMatchObject({ state: "ready", vmId, target: "vdc", keptFrom: null });
  await eventually("the guest with it", async () =>
    expect(await inGuest(lab.peer, domain, ["/bin/ls", "/sys/block"])).toContain("vdc"),
  );

  const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const running = await lab.peer.virsh(["dumpxml", domain]);
  const data = { bus: "scsi", cache: "writethrough", discard: "ignore", serial: "DATA-1" } as const;
  const { disks, pendingChanges } = await setDiskSettings(member, { ...vdb, ...data });
  expect(pendingChanges).toBe(true);
  expect(disks.find((disk) => disk.target === "vdb")).toMatchObject({
    bus: "virtio",
    nextSettings: data,
  });
  expect(await lab.peer.virsh(["dumpxml", domain])).toBe(running);
  await expect(
    setDiskSettings(member, { vmId, target: "vdc", serial: "DATA-1" }),
  ).rejects.toMatchObject({ code: "input.invalid", userMessage: { key: "disk.same_serial" } });
  await expect(
    setDiskSettings(member, { vmId, target: "sda", cache: "none" }),
  ).rejects.toMatchObject({ code: "conflict.rule" });
  await forceOffVm(lab.host, uuid);
  const system = { vmId, target: "vda", bus: "sata" } as const;
  const plan = await planDiskSettings(member, system);
  expect(plan).toMatchObject({
    when: "now",
    warnings: ["bus_system", "bus_names", "virtio_only", "no_unplug"],
  });
  await setDiskSettings(member, system);
  await ejectMedia(member, { vmId });
  const next = await lab.peer.virsh(["dumpxml", domain]);
  const once = await bootOnce(member, { vmId, imageId });
  expect(await ended(portal, once.taskId)).toBe("done");
  // Nothing but that CD could be started from, and the next start has none.
  await guestIsUp(lab.peer, domain);
  expect(await lab.peer.virsh(["dumpxml", domain, "--inactive"])).toBe(next);
  const now = await lab.peer.virsh(["dumpxml", domain]);
  expect(now).toMatch(/<target dev='vda' bus='sata'\/>\s*<serial>.*\s*<boot order='2'\/>/);
  expect(now).toMatch(
    /cache='writethrough' discard='ignore'\/>[^>]*>[^>]*>\s*<target dev='vdb' bus='scsi'/,
  );
  // virtio-blk is left with vdc alone, and what was vdb is a SCSI disk with another serial number.
  await eventually("the disks of the guest", async () => {
    const names = await inGuest(lab.peer, domain, ["/bin/ls", "/sys/block"]);
    expect(names.split(/\s+/).filter((name) => /^[sv]d/.test(name))).toEqual(["sda", "vda"]);
  });
  const told = await inGuest(lab.peer, domain, ["/bin/cat", "/sys/block/sda/device/vpd_pg80"]);
  expect(told).toContain("DATA-1");
  await forceOffVm(lab.host, uuid);
  const { boot } = await setBootOrder(member, { vmId, order: ["sda", "vda", "vdb"] });
  expect(boot.flatMap(({ id, order }) => (order === null ? [] : [[id, order]]))).toEqual(
    expect.arrayContaining([
      ["sda", 1],
      ["vda", 2],
      ["vdb", 3],
    ]),
  );
  expect((await lab.peer.virsh(["dumpxml", domain])).split("<boot order=")).toHaveLength(4);
  for (const [target, sizeGib] of [
    ["vdb", 4],
    ["vdc", 2],
  ] as const) {
    const off = await growDisk(member, { vmId, target, sizeGib });
    expect(await ended(portal, off.taskId)).toBe("done");
    const { volume } = await db.disk.findFirstOrThrow({ where: { vmId, target } });
    const info = await lab.peer.virsh(["vol-info", "--bytes", volume, "portico-disks"]);
    expect(info).toMatch(new RegExp(`Capacity:\\s+${sizeGib * 2 ** 30} bytes`));
  }
  const third = await addDisk(member, { vmId, sizeGib: 1, format: "qcow2" });
  expect(await ended(portal, third.taskId)).toBe("done");
  expect(await lab.peer.virsh(["domblklist", domain])).toMatch(/^\s*vdd\s/m);

  const { volume } = await db.disk.findFirstOrThrow({ where: { vmId, target: "vdb" } });
  const removal = { vmId, target: "vdb", remove: true, confirmName: "guest/vdb" };
  expect(await ended(portal, (await detachDisk(member, removal)).taskId)).toBe("done");
  expect(await lab.peer.virsh(["domblklist", domain])).not.toContain(volume);
  expect(await volumes()).not.toContain(volume);
  expect(await db.disk.count({ where: { volume } })).toBe(0);

  const gone = await deleteVm(member, { vmId, confirmName: "guest", keepDisks: false });
  expect(await ended(portal, gone.taskId)).toBe("done");
  expect(await volumes()).not.toContain(domain);
}, 240_000);

it("that libvirt refuses leaves neither volume nor row", async () => {
  const portal = await lab.startPortal();
  const { member, db } = portal.world;
  const vmId = await lab.created(portal);
  const before = await volumes();
  const call = lab.host.link.call.bind(lab.host.link);
  const refusing: typeof lab.host.link.call = async (name, args, options) => {
    if (name !== "domainAttachDeviceFlags") return call(name, args, options);
    throw new AppError({ code: "host.refused", message: "No more available PCI slots" });
  };
  const spy = vi.spyOn(lab.host.link, "call").mockImplementation(refusing);
  const { taskId } = await addDisk(member, { vmId, sizeGib: 1, format: "qcow2" });
  expect(await lab.ended(db, taskId)).toBe("failed");
  spy.mockRestore();
  expect(await volumes()).toBe(before);
  expect(await db.disk.count({ where: { vmId } })).toBe(1);
});

it("stays where the guest does not let go of it, and nothing has changed", async () => {
  const portal = await lab.startPortal();
  const vmId = await lab.created(portal);
  const { uuid } = await portal.world.db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const next = await lab.peer.virsh(["dumpxml", `p-${vmId}`, "--inactive"]);
  // No system runs in it that could answer.
  await expect(takeAway(lab.host, uuid, "vda", 200)).rejects.toMatchObject({
    code: "host.refused",
    userMessage: { key: "disk.guest_holds", values: { target: "vda" } },
  });
  expect(await lab.peer.virsh(["dumpxml", `p-${vmId}`, "--inactive"])).toBe(next);
  expect(await lab.peer.virsh(["domblklist", `p-${vmId}`])).toMatch(/^\s*vda\s/m);
});

it.each(["disk.detach:detach:after", "disk.detach:volume:after"])(
  "detached for good by a portal killed at %s: it is gone",
  async (point) => {
    const portal = await lab.withCrash(point, async (own) => {
      const vmId = await lab.created(own);
      const { uuid } = await own.world.db.vm.findUniqueOrThrow({ where: { id: vmId } });
      await forceOffVm(lab.host, uuid);
      const asked = { vmId, target: "vda", remove: true, confirmName: null };
      await detachDisk(own.world.member, asked);
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow({ where: { kind: "disk.detach" } });
    expect(await lab.ended(db, task.id)).toBe("done");
    expect(await db.disk.count()).toBe(0);
    expect(await volumes()).not.toContain("p-");
  },
);

it.each(["disk.attach:attach:before", "disk.attach:attach:after"])(
  "attached again by a portal killed at %s: the VM starts from it",
  async (point) => {
    const portal = await lab.withCrash(point, async (own) => {
      const { member, db } = own.world;
      const vmId = await lab.created(own);
      const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
      await forceOffVm(lab.host, uuid);
      const asked = { vmId, target: "vda", remove: false, confirmName: null };
      expect(await ended(own, (await detachDisk(member, asked)).taskId)).toBe("done");
      const { id: diskId } = await db.disk.findFirstOrThrow();
      await attachDisk(member, { vmId, diskId });
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow({ where: { kind: "disk.attach" } });
    expect(await lab.ended(db, task.id)).toBe("done");
    const disk = await db.disk.findFirstOrThrow();
    expect(disk).toMatchObject({ state: "ready", vmId: task.targetId, target: "vda" });
    const xml = await lab.peer.virsh(["dumpxml", `p-${task.targetId}`]);
    expect(xml.split(disk.volume)).toHaveLength(2);
    expect(xml).toMatch(/<target dev='vda'[\s\S]*?<boot order='1'\/>[\s\S]*?<\/disk>/);
  },
);

it("grows no further than it was asked to while somebody was faster by virsh", async () => {
  const portal = await lab.startPortal();
  const { member, db } = portal.world;
  const vmId = await lab.created(portal);
  // What was known before: the portal hears of it only later.
  const { uuid } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const known = lab.host.inventory.get(uuid);
  const seen = vi.spyOn(lab.host.inventory, "refresh").mockResolvedValue(known);
  await lab.peer.virsh(["blockresize", `p-${vmId}`, "vda", "5G"]);
  const late = await growDisk(member, { vmId, target: "vda", sizeGib: 3 });
  expect(await lab.ended(db, late.taskId)).toBe("failed");
  seen.mockRestore();
  expect(await sizeOf(`p-${vmId}`, "vda")).toBe(5 * 2 ** 30);
  const row = await db.disk.findFirstOrThrow({ where: { vmId } });
  expect(row).toMatchObject({ state: "ready", capacityBytes: BigInt(5 * 2 ** 30) });
});

it.each(["disk.grow:resize:before", "disk.grow:resize:after"])(
  "grown by a portal killed at %s: once, and counted so",
  async (point) => {
    const portal = await lab.withCrash(point, async (own) => {
      const vmId = await lab.created(own);
      await growDisk(own.world.member, { vmId, target: "vda", sizeGib: 2 });
    });
    const { db } = portal.world;
    const task = await db.task.findFirstOrThrow({ where: { kind: "disk.grow" } });
    expect(await lab.ended(db, task.id)).toBe("done");
    expect(await sizeOf(`p-${task.targetId}`, "vda")).toBe(2 * 2 ** 30);
    const row = await db.disk.findFirstOrThrow();
    expect(row).toMatchObject({ state: "ready", capacityBytes: BigInt(2 * 2 ** 30) });
  },
);

it("is undone when a snapshot was taken since it was asked for", async () => {
  const portal = await lab.startPortal();
  const { member, db } = portal.world;
  const vmId = await lab.created(portal);
  const before = await volumes();
  const snapshot = await createSnapshot(member, { vmId, name: "one", description: "" });
  const { taskId } = await addDisk(member, { vmId, sizeGib: 1, format: "qcow2" });
  expect(await lab.ended(db, snapshot.taskId)).toBe("done");
  expect(await lab.ended(db, taskId)).toBe("failed");
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  expect(task.error).toContain("disk.has_snapshots");
  expect(await volumes()).toBe(before);
  expect(await db.disk.count({ where: { vmId } })).toBe(1);
});

const points = diskAdd.steps
  .slice(1)
  .flatMap((step) => [`disk.add:${step}:before`, `disk.add:${step}:after`]);

it.each(points)("added by a portal killed at %s: it is there, once", async (point) => {
  const portal = await lab.withCrash(point, async (own) => {
    const vmId = await lab.created(own);
    await addDisk(own.world.member, { vmId, sizeGib: 1, format: "qcow2" });
  });
  const { db } = portal.world;
  const task = await db.task.findFirstOrThrow({ where: { kind: "disk.add" } });
  expect(await lab.ended(db, task.id)).toBe("done");
  const disk = await db.disk.findFirstOrThrow({ where: { target: "vdb" } });
  const list = await lab.peer.virsh(["domblklist", `p-${task.targetId}`]);
  expect(list.split(disk.volume)).toHaveLength(2);
  expect((await volumes()).split("\n").filter((line) => line.includes("p-"))).toHaveLength(2);
});
