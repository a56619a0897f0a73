import { describe, expect, it, vi } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import { scheduleSchema } from "@/lib/model/backup-schedule";
import type { VmState } from "@/lib/model/vm-state";
import { vmSave } from "@/lib/tasks/definitions/vm-save";
import { setSchedule } from "../../backup-schedule/set-schedule";
import { addDisk } from "../../disk/add-disk";
import { createSnapshot } from "../../snapshot/create-snapshot";
import { setStartOrder } from "../../start-order/set-start-order";
import { liveVm } from "../../testing/live-vm";
import { liveDisk, liveSnapshot } from "../../testing/snapshots";
import { addKeptDisk, addVm, everything, makeWorld, type World } from "../../testing/world";
import { createBackup } from "../../vm-backup/create-backup";
import { reserveBackup } from "../../vm-backup/reserve-backup";
import { assertStartable } from "../assert-startable";
import { cloneVm } from "../clone/clone-vm";
import { deleteVm } from "../delete-vm";
import { enqueueDeletion } from "../enqueue-deletion";
import { enqueueVmTask } from "../enqueue-vm-task";
import { getVm } from "../get-vm";
import { powerVm } from "../power-vm";
import { resizeVm } from "../resize-vm";
import { setAutostart } from "../set-autostart";
import { setTemplate } from "./set-template";

async function vmIn(world: World, state: VmState, isTemplate = false): Promise<Vm> {
  const row = await addVm(world, { name: "base", isTemplate });
  world.host.set(liveVm(row, { state, bootId: state === "running" ? "boot-1" : null }));
  return row;
}

/** A VM whose disk lies on that of another. */
async function addLinked(world: World, template: Vm, name: string): Promise<Vm> {
  const base = await world.db.disk.findFirstOrThrow({ where: { vmId: template.id } });
  const row = await addVm(world, { name });
  await world.db.disk.updateMany({ where: { vmId: row.id }, data: { baseId: base.id } });
  return row;
}

const turn = (world: World, { id: vmId }: Vm, template = true) =>
  setTemplate(world.member, { vmId, template });

describe("a template", () => {
  it("is made of a VM that is off, and is one until it is told otherwise", async () => {
    const world = await makeWorld();
    const row = await vmIn(world, "off");
    expect(await turn(world, row)).toMatchObject({ template: true, verbs: [], state: "off" });
    expect(await getVm(world.viewer, { vmId: row.id })).toMatchObject({ template: true });
    expect(await turn(world, row, false)).toMatchObject({ template: false, verbs: ["start"] });
    const actions = await world.db.auditEvent.findMany({ orderBy: { at: "asc" } });
    expect(actions.map((each) => each.action)).toEqual(["vm.to_template", "vm.from_template"]);
  });

  it.each([
    ["running", "template.not_off"],
    ["paused", "template.not_off"],
    ["saved", "vm.is_saved"],
  ] as const)("is not made of a VM that is %s", async (state, key) => {
    const world = await makeWorld();
    const row = await vmIn(world, state);
    await expect(turn(world, row)).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key },
    });
    expect((await world.db.vm.findUniqueOrThrow({ where: { id: row.id } })).isTemplate).toBe(false);
  });

  it("is not made of one with snapshots, nor while a task is at work on a disk", async () => {
    const world = await makeWorld();
    const row = await vmIn(world, "off");
    const live = liveVm(row, { state: "off", bootId: null });
    world.host.set({ ...live, snapshots: [liveSnapshot(live, "one", {})] });
    await expect(turn(world, row)).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "template.has_snapshots" },
    });
    world.host.set(live);
    await world.db.disk.updateMany({ data: { state: "growing" } });
    await expect(turn(world, row)).rejects.toMatchObject({ userMessage: { key: "template.busy" } });
  });

  it("is none when it was started, or a task begun, in between", async () => {
    const world = await makeWorld();
    const { id: vmId, uuid } = await vmIn(world, "off");
    const off = world.host.inventory.get(uuid);
    if (off === null) throw new Error("no such VM");
    const place = { position: 10, delaySeconds: 0 };
    await setStartOrder(world.member, { vmId, place });
    // The host is asked before and after; in between somebody's start has come in.
    const looks = vi.spyOn(world.host.inventory, "refresh").mockResolvedValueOnce(off);
    world.host.set({ ...off, state: "running", bootId: "boot-1" });
    await expect(setTemplate(world.member, { vmId, template: true })).rejects.toMatchObject({
      userMessage: { key: "template.not_off" },
    });
    expect(looks).toHaveBeenCalledTimes(2);
    const isVm = { isTemplate: false };
    expect(await world.db.vm.findUniqueOrThrow({ where: { id: vmId } })).toMatchObject(isVm);
    expect(await world.db.startOrder.count()).toBe(1);

    world.host.set(off);
    const { taskId } = await addDisk(world.member, { vmId, sizeGib: 1, format: "qcow2" });
    await expect(setTemplate(world.member, { vmId, template: true })).rejects.toMatchObject({
      userMessage: { key: "template.busy" },
    });
    await world.db.task.update({ where: { id: taskId }, data: { state: "done" } });
    await setTemplate(world.member, { vmId, template: true });
    // Nothing starts it after a boot of its host.
    expect(await world.db.startOrder.count()).toBe(0);
  });

  it("has the last word over what was asked for when it was a VM", async () => {
    const world = await makeWorld();
    const row = await vmIn(world, "off");
    const live = liveVm(row, { state: "off", bootId: null });
    const disks = [liveDisk(live, { capacityBytes: 1024 ** 3 })];
    world.host.set({ ...live, disks, nextDisks: disks });
    await world.db.vm.update({ where: { id: row.id }, data: { isTemplate: true } });
    const isOne = { code: "vm.bad_state", userMessage: { key: "template.is_one" } };
    const { id: vmId, projectId, hostId, uuid } = row;
    const input = { vmId, hostId, uuid };
    await expect(
      world.db.$transaction((tx) =>
        enqueueVmTask(world.member, tx, row, { definition: vmSave, input }),
      ),
    ).rejects.toMatchObject(isOne);
    await expect(assertStartable(world.db, { id: vmId, projectId })).rejects.toMatchObject(isOne);
    const wanted = {
      backupId: "b",
      note: "",
      quiesce: false,
      incremental: false,
      fullEvery: null,
      scheduled: false,
      actor: world.member.actor,
    };
    await expect(reserveBackup(world.member, row, wanted)).rejects.toMatchObject(isOne);
    expect(await world.db.task.count()).toBe(0);
  });

  it("does not start and is not changed", async () => {
    const world = await makeWorld();
    const { id: vmId } = await vmIn(world, "off", true);
    const { member } = world;
    const before = await everything(world.db);
    const isOne = { code: "vm.bad_state", userMessage: { key: "template.is_one" } };
    for (const ask of [
      () => powerVm(member, { vmId, verb: "start" }),
      () => setAutostart(member, { vmId, autostart: true }),
      () => addDisk(member, { vmId, sizeGib: 1, format: "qcow2" }),
      () => resizeVm(member, { vmId, vcpus: 4, memoryMib: 1024 }),
      () => createSnapshot(member, { vmId, name: "one", description: "" }),
      () => createBackup(member, { vmId, note: "", quiesce: false, incremental: false }),
      () => setStartOrder(member, { vmId, place: { position: 1, delaySeconds: 0 } }),
      () => setSchedule(member, { vmId, ...scheduleSchema.parse({ every: "day" }) }),
    ]) {
      await expect(ask()).rejects.toMatchObject(isOne);
    }
    expect(await everything(world.db)).toEqual(before);
  });

  it("with linked clones stays, and says which", async () => {
    const world = await makeWorld();
    const row = await vmIn(world, "off", true);
    const linked = await addLinked(world, row, "web");
    const { id: baseId } = await world.db.disk.findFirstOrThrow({ where: { vmId: row.id } });
    const kept = await addKeptDisk(world, { baseId });
    const refused = {
      code: "conflict.rule",
      userMessage: {
        key: "template.has_clones",
        values: { count: 2, names: expect.stringMatching(/^(web, old\/vda|old\/vda, web)$/) },
      },
    };
    const remove = () =>
      deleteVm(world.member, { vmId: row.id, confirmName: null, keepDisks: true });
    await expect(turn(world, row, false)).rejects.toMatchObject(refused);
    await expect(remove()).rejects.toMatchObject(refused);
    const { actor } = world.member;
    const atLeaseEnd = await world.db.$transaction((tx) =>
      enqueueDeletion(tx, world.member, { vm: row, keepDisks: false, actor }),
    );
    expect(atLeaseEnd).toBeNull();
    await world.db.disk.deleteMany({ where: { OR: [{ id: kept.id }, { vmId: linked.id }] } });
    await remove();
  });

  it("alone is what linked clones are made of", async () => {
    const world = await makeWorld();
    const { id: vmId } = await vmIn(world, "off");
    const asked = cloneVm(world.member, { vmId, name: "x", description: "", linked: true });
    await expect(asked).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "clone.no_template" },
    });
  });
});
