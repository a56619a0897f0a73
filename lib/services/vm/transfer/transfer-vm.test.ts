import { beforeEach, describe, expect, it } from "vitest";
import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { ProjectRole } from "@/lib/policies/permissions";
import { vmSave } from "@/lib/tasks/definitions/vm-save";
import { vmTransfer } from "@/lib/tasks/definitions/vm-transfer";
import type { Context } from "../../context";
import { onRightsChanged } from "../../live/bus";
import { getQuota } from "../../quota/get-quota";
import { liveVm } from "../../testing/live-vm";
import { liveSnapshot } from "../../testing/snapshots";
import {
  addBackup,
  addImage,
  addKeptDisk,
  addPerson,
  addVm,
  everything,
  makeWorld,
  type World,
} from "../../testing/world";
import { enqueueVmTask } from "../enqueue-vm-task";
import { getVm } from "../get-vm";
import { planTransfer } from "./plan-transfer";
import { transferVm } from "./transfer-vm";

let world: World;
/** Owns both projects. */
let both: Context;

const personWith = (there: ProjectRole, here: ProjectRole = "owner") =>
  addPerson(world.db, world.hosts, "b", { [world.project]: here, [world.otherProject]: there });

beforeEach(async () => {
  world = await makeWorld();
  both = await personWith("owner");
});

async function aVm(data: Parameters<typeof addVm>[1] = {}): Promise<Vm> {
  const row = await addVm(world, data);
  world.host.set(liveVm(row));
  return row;
}

const give = (ctx: Context, { id: vmId }: Vm, toProjectId = world.otherProject) =>
  transferVm(ctx, { vmId, toProjectId });

describe("a transfer", () => {
  it("takes disks and backups along, and leaves what was kept", async () => {
    const row = await aVm({ name: "web", leaseEndsAt: new Date("2031-01-01T00:00:00Z") });
    const backup = await addBackup(world, row);
    const kept = await addKeptDisk(world, { keptFrom: "web" });
    const plan = await planTransfer(both, { vmId: row.id, toProjectId: world.otherProject });
    expect(plan).toMatchObject({
      targets: [{ slug: "two" }],
      disks: 1,
      backups: 1,
      snapshots: 0,
      hasLease: true,
      asked: { vms: 1, vcpus: 2, memoryMib: 2048, diskGib: 11 },
    });
    const before = await getQuota(both, { projectId: world.otherProject });
    const { taskId } = await give(both, row);
    const { db, otherProject: projectId } = world;
    expect(await db.vm.findUniqueOrThrow({ where: { id: row.id } })).toEqual({ ...row, projectId });
    expect(await db.disk.findMany({ where: { projectId } })).toMatchObject([{ vmId: row.id }]);
    expect(await db.backup.findMany({ where: { projectId } })).toMatchObject([{ id: backup.id }]);
    expect(await db.disk.findMany({ where: { projectId: world.project } })).toEqual([kept]);
    expect(await db.task.findUniqueOrThrow({ where: { id: taskId } })).toMatchObject({
      projectId,
      kind: "vm.transfer",
      input: JSON.stringify({ vmId: row.id, hostId: "local", uuid: row.uuid, projectId }),
    });
    const { used } = await getQuota(both, { projectId });
    expect(used.diskGib - before.used.diskGib).toBe(11);
    expect(used.memoryMib - before.used.memoryMib).toBe(2048);
    expect((await getQuota(both, { projectId: world.project })).used).toMatchObject({
      vms: 0,
      diskGib: 10,
    });
    await expect(getVm(world.owner, { vmId: row.id })).rejects.toMatchObject({ code: "not_found" });
    expect(await getVm(world.outsider, { vmId: row.id })).toMatchObject({ name: "web" });
  });

  it("leaves a linked clone in the project of its template, and says so beforehand", async () => {
    const template = await addVm(world, { name: "base", isTemplate: true });
    const { id: baseId } = await world.db.disk.findFirstOrThrow({ where: { vmId: template.id } });
    const row = await aVm();
    await world.db.disk.updateMany({ where: { vmId: row.id }, data: { baseId } });
    const before = await everything(world.db);
    const refused = {
      code: "conflict.rule",
      userMessage: { key: "template.on_top", values: { name: "base" } },
    };
    const plan = planTransfer(both, { vmId: row.id, toProjectId: world.otherProject });
    await expect(plan).rejects.toMatchObject(refused);
    await expect(give(both, row)).rejects.toMatchObject(refused);
    expect(await everything(world.db)).toEqual(before);
  });

  it("stands in the logs of both, and ends tickets and reasons to look", async () => {
    const row = await aVm();
    await world.db.consoleTicket.create({
      data: {
        tokenHash: "t",
        vmId: row.id,
        bootId: "boot-1",
        userId: world.member.actor.userId,
        sessionId: world.member.actor.sessionId,
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    let told = 0;
    const stop = onRightsChanged(() => {
      told += 1;
    });
    await give(world.admin, row);
    stop();
    expect(told).toBe(1);
    expect(await world.db.consoleTicket.count()).toBe(0);
    const lines = await world.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(lines).toMatchObject([
      { action: "vm.take_over", projectId: world.otherProject, outcome: "ok" },
      { action: "vm.transfer", projectId: world.project, outcome: "ok" },
    ]);
  });

  it("gives a VM without a lease that of its new project", async () => {
    const where = { id: world.otherProject };
    await world.db.project.update({ where, data: { leaseDays: 3 } });
    const row = await aVm();
    await give(both, row);
    const { leaseEndsAt } = await world.db.vm.findUniqueOrThrow({ where: { id: row.id } });
    expect(leaseEndsAt?.getTime()).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  });

  it("takes the last room once", async () => {
    const where = { id: world.otherProject };
    await world.db.project.update({ where, data: { maxVms: 1 } });
    const rows = [await aVm(), await aVm()];
    const asked = await Promise.allSettled(rows.map((row) => give(both, row)));
    expect(asked.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await world.db.vm.count({ where: { projectId: world.otherProject } })).toBe(1);
  });

  it("is seen by who was about to change the VM where it was", async () => {
    const row = await aVm();
    await give(both, row);
    const { id: vmId, hostId, uuid } = row;
    const late = world.db.$transaction((tx) =>
      enqueueVmTask(world.member, tx, row, { definition: vmSave, input: { vmId, hostId, uuid } }),
    );
    await expect(late).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a transfer that cannot be moves nothing:", () => {
  const refused = async (ctx: Context, row: Vm, error: object, to = world.otherProject) => {
    const before = await everything(world.db);
    await expect(give(ctx, row, to)).rejects.toMatchObject(error);
    expect(await everything(world.db)).toEqual(before);
  };

  it("to a project of others, which is not found", async () => {
    const row = await aVm();
    await refused(world.owner, row, { code: "not_found" });
    const asked = { vmId: row.id, toProjectId: world.otherProject };
    await expect(planTransfer(world.owner, asked)).rejects.toMatchObject({ code: "not_found" });
    await refused(world.outsider, row, { code: "not_found" });
  });

  it("by who owns only one of both", async () => {
    const row = await aVm();
    await refused(await personWith("member"), row, { code: "auth.forbidden" });
    await refused(await personWith("owner", "member"), row, { code: "auth.forbidden" });
    await refused(world.auditor, row, { code: "auth.forbidden" });
  });

  it("to where it is, or where its name is taken", async () => {
    const row = await aVm({ name: "web" });
    const same = { code: "conflict.rule", userMessage: { key: "transfer.same" } };
    await refused(both, row, same, world.project);
    await addVm({ db: world.db, project: world.otherProject }, { name: "web" });
    await refused(both, row, { code: "conflict.exists" });
  });

  it.each([
    ["maxVcpus", 1, "vcpus"],
    ["maxMemoryMib", 1024, "memoryMib"],
    ["maxDiskGib", 10, "diskGib"],
    ["maxSnapshots", 0, "snapshots"],
  ])("over the limit %s", async (column, limit, resource) => {
    const row = await aVm();
    const live = liveVm(row);
    world.host.set({ ...live, snapshots: [liveSnapshot(live, "one")] });
    await addBackup(world, row);
    const where = { id: world.otherProject };
    await world.db.project.update({ where, data: { [column]: limit } });
    await refused(both, row, { code: "quota.exceeded", details: { resource } });
  });

  it("while it needs an image of its project", async () => {
    const row = await aVm();
    const { pool, volume } = await addImage(world, { name: "debian.iso" });
    const drive = { target: "sda", pool, volume, path: null };
    const live = liveVm(row);
    const needs = {
      code: "conflict.rule",
      userMessage: { key: "transfer.needs_image", values: { names: "debian.iso" } },
    };
    const snapshot = liveSnapshot(live, "one", { media: [drive] });
    world.host.set({ ...live, snapshots: [snapshot] });
    await refused(both, row, needs);
  });

  it("while its memory is saved, or it is being made", async () => {
    const row = await aVm();
    world.host.set(liveVm(row, { state: "saved", bootId: null }));
    await refused(both, row, { code: "vm.bad_state", userMessage: { key: "vm.is_saved" } });
    world.host.set(liveVm(row));
    await world.db.vm.update({ where: { id: row.id }, data: { lifecycle: "creating" } });
    await refused(both, row, { code: "vm.bad_state" });
  });

  it("while a task is at work on it, its disks or its backups", async () => {
    const row = await aVm();
    const backup = await addBackup(world, row);
    const task = await world.db.task.create({
      data: {
        id: newId(),
        projectId: world.project,
        kind: "backup.restore",
        input: JSON.stringify({ backupId: backup.id }),
        targetId: "another",
        targetName: "another",
        actorId: "a",
        actorName: "a",
      },
    });
    const busy = { code: "vm.bad_state", userMessage: { key: "transfer.busy" } };
    await refused(both, row, busy);
    const change = (data: object) => world.db.task.update({ where: { id: task.id }, data });
    await change({ input: "{}", targetId: row.id, kind: vmTransfer.kind });
    await refused(both, row, busy);
    await change({ state: "done" });
    await give(both, row);
  });
});
