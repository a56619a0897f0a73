import { describe, expect, it } from "vitest";
import type { LiveVm } from "@/lib/hypervisor/types";
import { liveVm } from "../testing/live-vm";
import { liveDisk } from "../testing/snapshots";
import { addImage, addVm, everything, makeWorld, type World } from "../testing/world";
import { bootOnce } from "./boot-once";

async function offVm(world: World, data: Partial<LiveVm> = {}) {
  const row = await addVm(world);
  const drives = [
    liveDisk(row),
    liveDisk(row, { target: "sda", device: "cdrom", bootOrder: 2, volume: null }),
  ];
  world.host.set(liveVm(row, { state: "off", bootId: null, nextDisks: drives, ...data }));
  return row;
}

describe("starting once from a CD", () => {
  it("is a task that nobody stops half-way, and a row of the log", async () => {
    const world = await makeWorld();
    const { id: vmId } = await offVm(world);
    const image = await addImage(world);
    const { taskId } = await bootOnce(world.member, { vmId, imageId: image.id });
    const task = await world.db.task.findUniqueOrThrow({
      where: { id: taskId },
      include: { steps: { orderBy: { position: "asc" } } },
    });
    expect(task).toMatchObject({ kind: "vm.boot_once", targetId: vmId });
    expect(task.steps.map((step) => step.name)).toEqual(["check", "define", "start", "restore"]);
    expect(JSON.parse(task.input)).toMatchObject({
      medium: { pool: image.pool, volume: image.volume },
      beforeXml: null,
    });
    expect(await world.db.auditEvent.findMany({ where: { action: "vm.boot_once" } })).toMatchObject(
      [{ outcome: "ok", targetId: vmId, detail: JSON.stringify({ imageId: image.id }) }],
    );
  });

  it.each<[string, Partial<LiveVm>, string]>([
    ["a guest that runs", { state: "running", bootId: "b" }, "vm.boot_once_not_off"],
    ["saved memory", { state: "saved" }, "vm.is_saved"],
    ["a VM without a CD drive", { nextDisks: [] }, "vm.no_cd_drive"],
  ])("%s is refused", async (_what, data, key) => {
    const world = await makeWorld();
    const { id: vmId } = await offVm(world, data);
    const { id: imageId } = await addImage(world);
    const before = await everything(world.db);
    await expect(bootOnce(world.member, { vmId, imageId })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("needs an image of the VM's own project that is ready, and a lease that has not ended", async () => {
    const world = await makeWorld();
    const { id: vmId } = await offVm(world);
    const theirs = await addImage({ db: world.db, project: world.otherProject });
    await expect(bootOnce(world.admin, { vmId, imageId: theirs.id })).rejects.toMatchObject({
      code: "not_found",
    });
    const unready = await addImage(world, { state: "uploading", volume: null });
    await expect(bootOnce(world.member, { vmId, imageId: unready.id })).rejects.toMatchObject({
      userMessage: { key: "image.not_ready" },
    });
    const { id: imageId } = await addImage(world);
    await expect(bootOnce(world.viewer, { vmId, imageId })).rejects.toMatchObject({
      code: "auth.forbidden",
    });
    await world.db.vm.update({ where: { id: vmId }, data: { leaseStoppedAt: new Date() } });
    await expect(bootOnce(world.member, { vmId, imageId })).rejects.toMatchObject({
      userMessage: { key: "lease.ended" },
    });
    expect(await world.db.task.count()).toBe(0);
  });
});
