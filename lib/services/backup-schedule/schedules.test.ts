import { describe, expect, it } from "vitest";
import type { Prisma } from "@/lib/db/generated/client";
import { liveVm } from "../testing/live-vm";
import { silentLog } from "../testing/silent-log";
import { liveDisk } from "../testing/snapshots";
import { addBackup, addSchedule, addVm, makeWorld } from "../testing/world";
import { listSchedules } from "./list-schedules";
import { retainBackups } from "./retain-backups";
import { runSchedules } from "./run-schedules";

const due = new Date("2026-11-27T00:00:00Z");
const hour = 3_600_000;

async function scheduled(data: Partial<Prisma.BackupScheduleUncheckedCreateInput> = {}) {
  const world = await makeWorld();
  const vm = await addVm(world);
  const live = liveVm(vm);
  const disks = [liveDisk(live, { capacityBytes: 1024 ** 3 })];
  world.host.set({ ...live, disks, nextDisks: disks });
  await addSchedule(world, vm, { nextAt: due, ...data });
  const { db, hosts, project } = world;
  const deps = (at: Date) => ({ db, hosts, log: silentLog, clock: () => at });
  return {
    world,
    vm,
    runs: (afterMs: number) => runSchedules(deps(new Date(due.getTime() + afterMs))),
    retains: (at: Date) => retainBackups(deps(at)),
    view: async () => (await listSchedules(world.viewer, { projectId: project }))[0],
    tasks: () => db.task.findMany({ where: { kind: "backup.create" } }),
    end: (state: string, error: string | null = null) =>
      db.task.updateMany({ data: { state, error, endedAt: due } }),
    rows: () =>
      db.auditEvent.findMany({ select: { action: true, outcome: true, actorName: true } }),
  };
}

describe("a schedule", () => {
  it("begins what is due once, whoever else looks at the same moment or later", async () => {
    const { world, vm, runs, view, tasks, rows } = await scheduled();
    await runs(-1);
    expect(await tasks()).toEqual([]);
    await Promise.all([runs(0), runs(0), runs(0)]);
    await runs(hour);
    const [task, ...others] = await tasks();
    expect(others).toEqual([]);
    expect(task).toMatchObject({ targetId: vm.id, actorName: "backup schedule" });
    expect(await world.db.backup.findMany()).toMatchObject([
      { vmId: vm.id, scheduled: true, createdByName: "backup schedule" },
    ]);
    expect(await view()).toMatchObject({
      nextAt: "2026-11-28T00:00:00.000Z",
      waiting: null,
      last: { outcome: "running", late: false, missed: 0, taskId: task?.id },
    });
    expect(await rows()).toEqual([
      { action: "backup.create", outcome: "ok", actorName: "backup schedule" },
    ]);
  });

  it("rests while the VM is a template, and goes on when it is one no more", async () => {
    const { world, runs, view, tasks, rows } = await scheduled();
    await world.db.vm.updateMany({ data: { isTemplate: true } });
    await runs(2 * hour);
    expect(await tasks()).toEqual([]);
    expect(await rows()).toEqual([]);
    expect(await view()).toMatchObject({ waiting: null, last: null });
    await world.db.vm.updateMany({ data: { isTemplate: false } });
    await runs(3 * hour);
    expect(await tasks()).toHaveLength(1);
  });

  it("makes up for what was missed by one run, and says so", async () => {
    const { runs, view, tasks } = await scheduled();
    await runs(3 * 24 * hour + hour);
    await runs(3 * 24 * hour + 2 * hour);
    expect(await tasks()).toHaveLength(1);
    expect(await view()).toMatchObject({
      nextAt: "2026-12-01T00:00:00.000Z",
      last: { dueAt: due.toISOString(), late: true, missed: 3 },
    });
  });

  it("tries again for an hour what the host refuses, then has failed until the next time", async () => {
    const { world, runs, view, rows, tasks } = await scheduled();
    world.host.connection = "connecting";
    await runs(0);
    await runs(hour / 2);
    expect(await view()).toMatchObject({
      nextAt: due.toISOString(),
      waiting: { key: "host.unreachable", until: "2026-11-27T01:00:00.000Z" },
      last: null,
    });
    expect(await rows()).toEqual([]);
    await runs(hour);
    expect(await view()).toMatchObject({
      nextAt: "2026-11-28T00:00:00.000Z",
      waiting: null,
      last: { outcome: "failed", taskId: null, error: { key: "host.unreachable" } },
    });
    expect(await rows()).toMatchObject([{ action: "backup.create", outcome: "failed" }]);
    world.host.connection = "connected";
    await runs(24 * hour);
    expect(await tasks()).toHaveLength(1);
    expect(await view()).toMatchObject({ last: { outcome: "running", error: null } });
  });

  it("comes back from a host that was away, and waits for a backup that is being made", async () => {
    const { world, runs, view, tasks, end } = await scheduled();
    world.host.connection = "connecting";
    await runs(0);
    world.host.connection = "connected";
    await runs(1);
    expect(await view()).toMatchObject({ waiting: null, last: { outcome: "running" } });
    await runs(24 * hour);
    expect(await view()).toMatchObject({ waiting: { key: "backup.vm_busy" } });
    await end("done");
    await runs(24 * hour + 1);
    expect(await tasks()).toHaveLength(2);
  });

  it("keeps to the quota, and shows how its task ended", async () => {
    const { world, runs, view, end } = await scheduled();
    await world.db.project.updateMany({ data: { maxDiskGib: 1 } });
    await runs(0);
    expect(await view()).toMatchObject({ waiting: { key: "quota.diskGib" } });
    expect(await world.db.backup.count()).toBe(0);
    await world.db.project.updateMany({ data: { maxDiskGib: null } });
    await runs(1);
    await end("failed", '{"key":"backup.cut_off"}');
    expect(await view()).toMatchObject({
      last: { outcome: "failed", error: { key: "backup.cut_off" } },
    });
    await end("cancelled");
    expect(await view()).toMatchObject({ last: { error: { key: "backup.cancelled" } } });
    await end("done");
    expect(await view()).toMatchObject({ last: { outcome: "done", error: null } });
  });

  it("is nothing for a VM that is being deleted, and goes with it", async () => {
    const { world, vm, runs, tasks } = await scheduled();
    await world.db.vm.updateMany({ data: { lifecycle: "deleting" } });
    await runs(0);
    expect(await tasks()).toEqual([]);
    await world.db.vm.delete({ where: { id: vm.id } });
    expect(await world.db.backupSchedule.count()).toBe(0);
  });
});

describe("retention", () => {
  it("deletes what the schedule made and no longer keeps, once, and nothing of a person's", async () => {
    const { world, vm, retains, rows } = await scheduled({ keepLast: 1 });
    const at = (days: number) => new Date(due.getTime() + days * 24 * hour);
    const add = (days: number, scheduled: boolean) =>
      addBackup(world, vm, { createdAt: at(days), scheduled });
    const [old] = [await add(-3, true), await add(-2, false), await add(-1, true)];
    await retains(due);
    await retains(due);
    const tasks = await world.db.task.findMany({ where: { kind: "backup.delete" } });
    expect(tasks.map((task) => task.targetId)).toEqual([old?.id]);
    expect(await rows()).toEqual([
      { action: "backup.delete", outcome: "ok", actorName: "backup schedule" },
    ]);
    // A deletion that has failed is tried again, but not every minute.
    await world.db.backup.updateMany({ data: { state: "ready" } });
    await retains(new Date(due.getTime() + hour / 2));
    expect(await world.db.task.count({ where: { kind: "backup.delete" } })).toBe(1);
    await retains(new Date(due.getTime() + 2 * hour));
    expect(await world.db.task.count({ where: { kind: "backup.delete" } })).toBe(2);
  });

  it("waits for a host that is away and for a VM that is being restored from one", async () => {
    const { world, vm, retains } = await scheduled({ keepLast: 1 });
    const add = (days: number) =>
      addBackup(world, vm, {
        createdAt: new Date(due.getTime() + days * 24 * hour),
        scheduled: true,
      });
    const old = await add(-2);
    await add(-1);
    world.host.connection = "connecting";
    await retains(due);
    world.host.connection = "connected";
    const row = { id: "t", kind: "backup.restore", state: "running", projectId: world.project };
    const input = JSON.stringify({ backupId: old.id });
    await world.db.task.create({
      data: { ...row, input, targetName: "web", actorId: "u", actorName: "U" },
    });
    await retains(due);
    expect(await world.db.backup.count({ where: { state: "deleting" } })).toBe(0);
    await world.db.task.deleteMany();
    await retains(due);
    expect(await world.db.backup.findMany({ where: { state: "deleting" } })).toMatchObject([
      { id: old.id },
    ]);
  });
});
