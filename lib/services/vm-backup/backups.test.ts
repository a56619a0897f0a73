import { describe, expect, it } from "vitest";
import { newId } from "@/lib/db/id";
import type { LiveVm } from "@/lib/hypervisor/types";
import { getQuota } from "../quota/get-quota";
import { liveVm } from "../testing/live-vm";
import { liveDisk, withSnapshots } from "../testing/snapshots";
import { addBackup, addVm, everything, makeWorld, type World } from "../testing/world";
import { powerVm } from "../vm/power-vm";
import { createBackup } from "./create-backup";
import { deleteBackup } from "./delete-backup";
import { listBackups, listVmBackups } from "./list-backups";
import { reserveBackup } from "./reserve-backup";
import { restoreBackup } from "./restore-backup";
import { restoreInPlace } from "./restore-in-place";
import { verifyBackup } from "./verify-backup";

const gib = 1024 ** 3;

async function vmWithDisk(world: World, data: Partial<LiveVm> = {}) {
  const row = await addVm(world);
  const live = liveVm(row);
  const disks = [liveDisk(live, { capacityBytes: 10 * gib })];
  world.host.set({ ...live, disks, nextDisks: disks, ...data });
  return row;
}

const asked = { note: "n", quiesce: true, incremental: false };

describe("backing up", () => {
  it("reserves the whole size, names its files and is listed as being made", async () => {
    const world = await makeWorld();
    const { id: vmId } = await vmWithDisk(world);
    const { backupId, taskId } = await createBackup(world.member, { vmId, ...asked });
    const [backup] = await listVmBackups(world.viewer, { vmId });
    expect(backup).toMatchObject({
      id: backupId,
      state: "making",
      note: "n",
      ran: true,
      countedBytes: 10 * gib,
      definitionFile: `b-${backupId}.xml`,
      disks: [{ target: "vda", file: `b-${backupId}-vda.qcow2`, sha256: null }],
    });
    const quota = await getQuota(world.member, { projectId: world.project });
    expect([quota.used.diskGib, quota.reserved.diskGib]).toEqual([20, 10]);
    const task = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
    expect(task).toMatchObject({ kind: "backup.create", targetId: vmId });
  });

  it("of a VM that went to another project meanwhile is nobody's, and nothing is left", async () => {
    const world = await makeWorld();
    const before = await vmWithDisk(world);
    await world.db.vm.update({ where: { id: before.id }, data: { projectId: world.otherProject } });
    const rows = await everything(world.db);
    const wanted = { ...asked, backupId: newId(), fullEvery: null, scheduled: false };
    const actor = { userId: "u", name: "U" };
    await expect(reserveBackup(world.member, before, { ...wanted, actor })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await everything(world.db)).toEqual(rows);
  });

  it("counts what its files take once it is made", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    await addBackup(world, vm);
    const { used, reserved } = await getQuota(world.member, { projectId: world.project });
    expect([used.diskGib, reserved.diskGib]).toEqual([11, 0]);
  });

  it("refuses what it could only do by halves, and leaves nothing", async () => {
    const world = await makeWorld();
    const { id: vmId } = await vmWithDisk(world);
    await world.db.disk.deleteMany({ where: { vmId } });
    const before = await everything(world.db);
    await expect(createBackup(world.member, { vmId, ...asked })).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "backup.foreign_disk", values: { disk: "vda" } },
    });
    expect(await everything(world.db)).toEqual(before);
  });

  it("refuses a VM whose memory is saved, and a third one at a time", async () => {
    const world = await makeWorld();
    const saved = await vmWithDisk(world, { state: "saved", bootId: null });
    await expect(createBackup(world.member, { vmId: saved.id, ...asked })).rejects.toMatchObject({
      userMessage: { key: "vm.is_saved" },
    });
    for (const _ of [1, 2]) {
      const { id: vmId } = await vmWithDisk(world);
      await createBackup(world.member, { vmId, ...asked });
    }
    const { id: vmId } = await vmWithDisk(world);
    await expect(createBackup(world.member, { vmId, ...asked })).rejects.toMatchObject({
      userMessage: { key: "volume.host_busy" },
    });
  });

  it("keeps a VM that is off from being started meanwhile", async () => {
    const world = await makeWorld();
    const { id: vmId } = await vmWithDisk(world, { state: "off", bootId: null });
    await createBackup(world.member, { vmId, ...asked });
    await expect(powerVm(world.member, { vmId, verb: "start" })).rejects.toMatchObject({
      userMessage: { key: "backup.vm_busy" },
    });
  });
});

describe("a backup", () => {
  it("outlives its VM, and is nobody else's", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const { id } = await addBackup(world, vm);
    await world.db.disk.deleteMany({ where: { vmId: vm.id } });
    await world.db.vm.deleteMany({ where: { id: vm.id } });
    const of = { projectId: world.project };
    expect(await listBackups(world.viewer, of)).toMatchObject([{ id, vmThere: false }]);
    for (const verb of [verifyBackup, deleteBackup]) {
      await expect(verb(world.outsider, { backupId: id })).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(verb(world.viewer, { backupId: id })).rejects.toMatchObject({
        code: "auth.forbidden",
      });
    }
  });

  it("is restored with an identity of its own, which counts at once", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const { id: backupId } = await addBackup(world, vm);
    const asked = { backupId, name: "again", start: false };
    const { vmId } = await restoreBackup(world.member, asked);
    const row = await world.db.vm.findUniqueOrThrow({
      where: { id: vmId },
      include: { disks: true },
    });
    expect(row).toMatchObject({
      name: "again",
      lifecycle: "creating",
      domainName: `p-${vmId}`,
      vcpus: 1,
      disks: [{ volume: `p-${vmId}-0.qcow2`, target: "vda", capacityBytes: BigInt(10 * gib) }],
    });
    expect(row.uuid).not.toBe(vm.uuid);
    const { used } = await getQuota(world.member, { projectId: world.project });
    expect([used.vms, used.diskGib]).toEqual([2, 21]);
    await expect(restoreBackup(world.member, asked)).rejects.toMatchObject({
      code: "conflict.exists",
    });
    await expect(deleteBackup(world.member, { backupId })).rejects.toMatchObject({
      userMessage: { key: "backup.is_restoring" },
    });
  });

  it("with what only administrators give is restored by them alone", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const { id: backupId, definition } = await addBackup(world, vm);
    const device = "<hostdev mode='subsystem' type='pci'/></devices>";
    await world.db.backup.update({
      where: { id: backupId },
      data: { definition: definition.replace("</devices>", device) },
    });
    const asked = { backupId, name: "again", start: false };
    await expect(restoreBackup(world.owner, asked)).rejects.toMatchObject({
      code: "conflict.rule",
      userMessage: { key: "backup.unusual" },
    });
    await expect(restoreBackup(world.admin, asked)).resolves.toMatchObject({});
  });

  it("is deleted once: not while it is made, and not twice", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const making = await addBackup(world, vm, { state: "making" });
    await expect(deleteBackup(world.member, { backupId: making.id })).rejects.toMatchObject({
      userMessage: { key: "backup.is_making" },
    });
    const { id: backupId } = await addBackup(world, vm);
    await deleteBackup(world.member, { backupId });
    await expect(deleteBackup(world.member, { backupId })).rejects.toMatchObject({
      userMessage: { key: "backup.is_deleting" },
    });
    await expect(verifyBackup(world.member, { backupId })).rejects.toMatchObject({
      code: "vm.bad_state",
    });
  });
});

describe("an increment", () => {
  const increment = { ...asked, incremental: true };
  const ofTask = async (world: World, id: string) =>
    JSON.parse((await world.db.task.findUniqueOrThrow({ where: { id } })).input).increment;

  it("builds on the newest backup with a checkpoint, which stays as long as it is needed", async () => {
    const world = await makeWorld();
    const vm = await vmWithDisk(world);
    const base = await addBackup(world, vm, { checkpoint: "portico-x" });
    await addBackup(world, vm, { createdAt: new Date(Date.now() + 1000) });
    const { taskId, backupId } = await createBackup(world.member, { vmId: vm.id, ...increment });
    expect(await ofTask(world, taskId)).toMatchObject({
      base: { backupId: base.id, checkpoint: "portico-x", chainEnd: null },
      full: null,
    });
    const listed = await listVmBackups(world.viewer, { vmId: vm.id });
    expect(listed.find((each) => each.id === backupId)).toMatchObject({
      kind: "incremental",
      baseId: base.id,
    });
    expect(listed.find((each) => each.id === base.id)?.neededBy).toBe(1);
    await expect(deleteBackup(world.member, { backupId: base.id })).rejects.toMatchObject({
      code: "vm.bad_state",
      userMessage: { key: "backup.is_needed", values: { count: 1 } },
    });
    await world.db.backup.delete({ where: { id: backupId } });
    await deleteBackup(world.member, { backupId: base.id });
  });

  it("is none on a damaged one, and everything is written where there is none", async () => {
    const world = await makeWorld();
    const vm = await vmWithDisk(world);
    const ask = async () => {
      await world.db.task.updateMany({ data: { state: "done" } });
      const made = await createBackup(world.member, { vmId: vm.id, ...increment });
      const { kind } = await world.db.backup.findUniqueOrThrow({ where: { id: made.backupId } });
      return { kind, ...(await ofTask(world, made.taskId)) };
    };
    expect(await ask()).toEqual({ kind: "full", base: null, full: null });
    await addBackup(world, vm, { checkpoint: "portico-x", verdict: "damaged" });
    expect(await ask()).toMatchObject({ kind: "full", full: { key: "backup.full.damaged" } });
  });
});

describe("restoring in place", () => {
  const off = { state: "off", bootId: null } as const;
  const withRow = async (world: World, data: Partial<LiveVm> = {}) => {
    const vm = await vmWithDisk(world, { ...off, ...data });
    return { vm, backup: await addBackup(world, vm) };
  };

  it("counts both states until the former one goes, and holds the VM off meanwhile", async () => {
    const world = await makeWorld();
    const { vm, backup } = await withRow(world);
    const before = await getQuota(world.member, { projectId: world.project });
    const ask = { backupId: backup.id, confirmName: vm.name };
    const { taskId } = await restoreInPlace(world.member, ask);
    const { used } = await getQuota(world.member, { projectId: world.project });
    expect(used.diskGib).toBe(before.used.diskGib + 10);
    const task = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
    expect(task).toMatchObject({ kind: "backup.restore_in_place", targetId: vm.id });
    await expect(powerVm(world.member, { vmId: vm.id, verb: "start" })).rejects.toMatchObject({
      userMessage: { key: "backup.vm_restoring" },
    });
    await expect(deleteBackup(world.member, { backupId: backup.id })).rejects.toMatchObject({
      userMessage: { key: "backup.is_restoring" },
    });
    await expect(restoreInPlace(world.member, ask)).rejects.toMatchObject({
      code: "vm.bad_state",
    });
  });

  it("is refused, and nothing moves, for what could not be undone", async () => {
    const world = await makeWorld();
    const { vm, backup } = await withRow(world);
    const ask = (confirmName: string | null = null) =>
      restoreInPlace(world.member, { backupId: backup.id, confirmName });
    const live = world.host.inventory.get(vm.uuid);
    const before = await everything(world.db);
    await expect(ask("another")).rejects.toMatchObject({
      fields: { confirmName: { key: "field.confirm_name" } },
    });
    if (live === null) throw new Error("no guest");
    world.host.set({ ...live, state: "running", bootId: "b" });
    await expect(ask()).rejects.toMatchObject({ userMessage: { key: "backup.in_place_running" } });
    world.host.set(withSnapshots(live, ["s"]));
    await expect(ask()).rejects.toMatchObject({
      userMessage: { key: "backup.in_place_snapshots" },
    });
    world.host.set(live);
    expect(await everything(world.db)).toEqual(before);
    const own = await world.db.disk.findFirstOrThrow({ where: { vmId: vm.id } });
    const other = { ...own, id: newId(), vmId: null, volume: "on-top.qcow2", baseId: own.id };
    await world.db.disk.create({ data: other });
    await expect(ask()).rejects.toMatchObject({ userMessage: { key: "backup.in_place_base" } });
    await world.db.disk.delete({ where: { id: other.id } });
    expect(await everything(world.db)).toEqual(before);
    await world.db.disk.deleteMany();
    await world.db.vm.delete({ where: { id: vm.id } });
    await expect(ask()).rejects.toMatchObject({ userMessage: { key: "backup.in_place_gone" } });
  });
});
