import { describe, expect, it } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { LiveDisk } from "@/lib/hypervisor/types";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";
import type { TaskState } from "@/lib/model/task";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { VmState } from "@/lib/model/vm-state";
import { getQuota } from "../../quota/get-quota";
import { liveVm } from "../../testing/live-vm";
import { addVm, everything, makeWorld, type World } from "../../testing/world";
import { deleteVm } from "../delete-vm";
import { enqueueDeletion } from "../enqueue-deletion";
import { getVm } from "../get-vm";
import { powerVm } from "../power-vm";
import { setTemplate } from "../template/set-template";
import { cloneVm } from "./clone-vm";
import { draftClone } from "./draft-clone";
import type { Source } from "./read-source";
import { reserveClone } from "./reserve-clone";

async function offVm(world: World, state: VmState = "off"): Promise<Vm> {
  const row = await addVm(world, { name: "web", tags: '["prod","web"]', locked: true });
  world.host.set(liveVm(row, { state, bootId: null }));
  return row;
}

/** What a host would tell of the VM; the one of these tests cannot be asked. */
async function sourceOf(world: World, row: Vm): Promise<Source> {
  const live = world.host.inventory.get(row.uuid);
  const disk = await world.db.disk.findFirstOrThrow({ where: { vmId: row.id } });
  if (live === null) throw new Error("no such VM");
  const { target, pool, volume } = disk;
  const place = { target, pool, volume, bus: "virtio", device: "disk" as const };
  const nextDisks: LiveDisk[] = [
    {
      ...place,
      format: "qcow2",
      path: null,
      capacityBytes: null,
      allocationBytes: null,
      bootOrder: 1,
      limits: noDiskLimits,
      settings: newDiskSettings,
    },
  ];
  return {
    host: world.host,
    live: { ...live, nextDisks },
    digest: "d",
    disks: [
      { row: disk, format: "qcow2", capacityBytes: 10 * BYTES_PER_GIB, allocationBytes: 1024 },
    ],
  };
}

async function reserve(world: World, row: Vm, name: string, linked = false) {
  const source = await sourceOf(world, row);
  const task = draftClone(row, source, { vmId: newId(), name, description: "two", linked });
  const taskId = await world.db.$transaction(
    (tx) => reserveClone(tx, world.member, { row, source, task }),
    { isolationLevel: "Serializable" },
  );
  return { task, taskId };
}

const ask = (world: World, row: Vm, name = "two") =>
  cloneVm(world.member, { vmId: row.id, name, description: "", linked: false });

describe("a clone that cannot be", () => {
  it.each([
    ["running", "clone.not_off"],
    ["paused", "clone.not_off"],
    ["shutting_down", "clone.not_off"],
    ["unknown", "clone.not_off"],
    ["saved", "vm.is_saved"],
  ] as const)("because the VM is %s is refused, and nothing is written", async (state, key) => {
    const world = await makeWorld();
    const row = await offVm(world, state);
    const before = await everything(world.db);
    await expect(ask(world, row)).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("because of its name or the quota is refused before the host is asked", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    await addVm(world, { name: "two" });
    await expect(ask(world, row)).rejects.toMatchObject({
      code: "conflict.exists",
      fields: { name: { key: "vm.name_taken" } },
    });
    await world.db.project.update({ where: { id: world.project }, data: { maxMemoryMib: 4096 } });
    const before = await everything(world.db);
    await expect(ask(world, row, "three")).rejects.toMatchObject({
      code: "quota.exceeded",
      details: { resource: "memoryMib", asked: 2048 },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("because of another project's VM is told by nothing but that there is none", async () => {
    const world = await makeWorld();
    const row = await offVm({ ...world, project: world.otherProject });
    await expect(ask(world, row)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a clone that is reserved", () => {
  it("has ids of its own, the sizes and tags of the other, and the project's lease", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    await world.db.project.update({ where: { id: world.project }, data: { leaseDays: 3 } });
    const { task } = await reserve(world, row, "two");
    const clone = await world.db.vm.findUniqueOrThrow({
      where: { id: task.vmId },
      include: { disks: true },
    });
    expect(clone).toMatchObject({
      name: "two",
      description: "two",
      tags: '["prod","web"]',
      locked: false,
      lifecycle: "creating",
      vcpus: 2,
      memoryKib: row.memoryKib,
      maxMemoryKib: 2 * row.memoryKib,
      createdById: world.member.actor.userId,
      disks: [{ target: "vda", capacityBytes: BigInt(10 * BYTES_PER_GIB), state: "ready" }],
    });
    expect(clone.leaseEndsAt).not.toBeNull();
    expect(clone.uuid).not.toBe(row.uuid);
  });

  it("of a template lies on its disk, counts with its whole size, and stays in its project", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    const { member, db, project: projectId } = world;
    await setTemplate(member, { vmId: row.id, template: true });
    const template = await db.vm.findUniqueOrThrow({ where: { id: row.id } });
    const { used: before } = await getQuota(member, { projectId });
    await reserve(world, template, "thin", true);
    const { used } = await getQuota(member, { projectId });
    expect(used.diskGib - before.diskGib).toBe(10);
    const thin = await db.vm.findFirstOrThrow({
      where: { name: "thin" },
      include: { disks: true },
    });
    expect(thin).toMatchObject({ projectId, isTemplate: false });
    const base = await db.disk.findFirstOrThrow({ where: { vmId: row.id } });
    expect(thin.disks).toMatchObject([{ baseId: base.id, format: "qcow2", projectId }]);
    expect(await getVm(member, { vmId: row.id })).toMatchObject({
      links: { templates: [], clones: [{ vmId: thin.id, name: "thin" }] },
    });
    expect(await getVm(member, { vmId: thin.id })).toMatchObject({
      links: { templates: [{ id: row.id, name: "web" }], clones: [] },
    });
    await expect(setTemplate(member, { vmId: row.id, template: false })).rejects.toMatchObject({
      userMessage: { key: "clone.busy" },
    });
  });

  it("takes the last room once", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    await world.db.project.update({ where: { id: world.project }, data: { maxVms: 2 } });
    const asked = await Promise.allSettled(["a", "b"].map((name) => reserve(world, row, name)));
    expect(asked.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await world.db.vm.count()).toBe(2);
    expect(await world.db.task.count()).toBe(1);
  });

  it("is refused while a task is at work on a disk", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    await world.db.disk.updateMany({ data: { state: "growing" } });
    await expect(reserve(world, row, "two")).rejects.toMatchObject({
      userMessage: { key: "disk.busy" },
    });
  });

  it("keeps the other VM as it is until its task has ended", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    const { taskId } = await reserve(world, row, "two");
    const to = (state: TaskState) =>
      world.db.task.update({ where: { id: taskId }, data: { state } });
    const busy = { code: "vm.bad_state", userMessage: { key: "clone.busy" } };
    const start = () => powerVm(world.member, { vmId: row.id, verb: "start" });
    await world.db.vm.update({ where: { id: row.id }, data: { locked: false } });
    for (const state of ["queued", "running", "unknown"] as const) {
      await to(state);
      await expect(start()).rejects.toMatchObject(busy);
      const remove = deleteVm(world.member, { vmId: row.id, confirmName: null, keepDisks: false });
      await expect(remove).rejects.toMatchObject(busy);
    }
    for (const state of ["done", "failed", "cancelled"] as const) {
      await to(state);
      // Only the host of these tests cannot do it.
      await expect(start()).rejects.not.toMatchObject(busy);
    }
  });

  it("is not pulled away by the end of the other's lease", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    const vm = await world.db.vm.update({ where: { id: row.id }, data: { locked: false } });
    const { taskId } = await reserve(world, vm, "two");
    const { actor } = world.member;
    const end = () =>
      world.db.$transaction((tx) =>
        enqueueDeletion(tx, world.member, { vm, keepDisks: false, actor }),
      );
    expect(await end()).toBeNull();
    await world.db.task.update({ where: { id: taskId }, data: { state: "done" } });
    expect(await end()).not.toBeNull();
  });

  it("counts among what a host copies at once", async () => {
    const world = await makeWorld();
    const row = await offVm(world);
    await reserve(world, row, "two");
    await reserve(world, row, "three");
    await expect(reserve(world, row, "four")).rejects.toMatchObject({
      userMessage: { key: "volume.host_busy" },
    });
  });
});
