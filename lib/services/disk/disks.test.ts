import { describe, expect, it } from "vitest";
import type { LiveDisk } from "@/lib/hypervisor/types";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";
import { liveVm } from "../testing/live-vm";
import { addKeptDisk, addVm, everything, makeWorld } from "../testing/world";
import { deleteDisk } from "./delete-disk";
import { disksRevision } from "./disks-revision";
import { getDisk } from "./get-disk";
import { listDisks } from "./list-disks";

const liveDisk: LiveDisk = {
  target: "vda",
  bus: "virtio",
  device: "disk",
  format: "qcow2",
  pool: "portico-disks",
  volume: "p-x-0.qcow2",
  path: null,
  capacityBytes: 10 * 1024 ** 3,
  allocationBytes: 5_000_000,
  bootOrder: 1,
  limits: noDiskLimits,
  settings: newDiskSettings,
};

describe("the disks of a project", () => {
  it("are those of its VMs and those that were kept, and nobody else's", async () => {
    const world = await makeWorld();
    const vm = await addVm(world, { name: "web" });
    world.host.set(liveVm(vm, { disks: [liveDisk] }));
    const kept = await addKeptDisk(world, { keptFrom: "db" });
    await addKeptDisk({ db: world.db, project: world.otherProject });
    const disks = await listDisks(world.viewer, { projectId: world.project });
    expect(disks).toMatchObject([
      { id: kept.id, name: "db/vda", vm: null, keptFrom: "db", allocationBytes: null },
      { name: "web/vda", vm: { id: vm.id, name: "web" }, keptFrom: null, keptAt: null },
    ]);
    expect(disks[1]?.allocationBytes).toBe(5_000_000);
    expect(disks[0]?.keptAt).toBe(kept.keptAt?.toISOString());
  });

  it("are another page when one goes, but not when a guest writes", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const kept = await addKeptDisk(world);
    const revision = async (allocationBytes: number) => {
      world.host.set(liveVm(vm, { disks: [{ ...liveDisk, allocationBytes }] }));
      return disksRevision(await listDisks(world.member, { projectId: world.project }));
    };
    const before = await revision(1);
    expect(await revision(2)).toBe(before);
    await world.db.disk.delete({ where: { id: kept.id } });
    expect(await revision(2)).not.toBe(before);
  });

  it("are not found through another project", async () => {
    const world = await makeWorld();
    const { id: diskId } = await addKeptDisk(world);
    const elsewhere = { projectId: world.otherProject, diskId };
    await expect(getDisk(world.admin, elsewhere)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteDisk(world.admin, elsewhere)).rejects.toMatchObject({ code: "not_found" });
    await expect(getDisk(world.outsider, { projectId: world.project, diskId })).rejects.toThrow();
  });
});

describe("deleting a kept disk", () => {
  it("is a task, written down, and done once", async () => {
    const world = await makeWorld();
    const disk = await addKeptDisk(world, { keptFrom: "db" });
    const { taskId } = await deleteDisk(world.member, { diskId: disk.id });
    const task = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
    expect(task).toMatchObject({ kind: "disk.delete", targetId: disk.id, targetName: "db/vda" });
    expect(await world.db.auditEvent.findFirst({ where: { action: "disk.delete" } })).toMatchObject(
      { outcome: "ok", projectId: world.project, targetId: disk.id },
    );
    await expect(deleteDisk(world.member, { diskId: disk.id })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "disk.is_deleting" },
    });
    expect(await world.db.task.count()).toBe(1);
  });

  it("is refused while a VM has it", async () => {
    const world = await makeWorld();
    await addVm(world, { name: "web" });
    const { id: diskId } = await world.db.disk.findFirstOrThrow();
    const before = await everything(world.db);
    await expect(deleteDisk(world.owner, { diskId })).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "disk.has_vm", values: { name: "web" } },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("is refused while any guest of the host has the volume, one that is not ours too", async () => {
    const world = await makeWorld();
    const disk = await addKeptDisk(world);
    const theirs = liveVm(await addVm(world), { uuid: "foreign", vmId: null, projectId: null });
    world.host.set({ ...theirs, nextDisks: [{ ...liveDisk, volume: disk.volume }] });
    await expect(deleteDisk(world.owner, { diskId: disk.id })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "disk.in_use" },
    });
    world.host.set({ ...theirs, nextDisks: [] });
    await deleteDisk(world.owner, { diskId: disk.id });
  });

  it("waits for its host", async () => {
    const world = await makeWorld();
    const disk = await addKeptDisk(world, { hostId: "local" });
    world.host.connection = "connecting";
    await expect(deleteDisk(world.owner, { diskId: disk.id })).rejects.toMatchObject({
      code: "host.unreachable",
    });
  });
});
