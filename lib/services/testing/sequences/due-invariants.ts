import { expect } from "vitest";
import type { Backup, BackupSchedule, Vm } from "@/lib/db/generated/client";
import type { Context } from "../../context";
import type { Scene } from "./move";
import type { Said } from "./said";
import { dayMs } from "./time";

/** Of the grace after a lease's end, and of what a schedule tries again. */
const graceMs = 7 * dayMs;

/**
 * What was due by the scene's time has been done, or was refused and is tried again: backups, what
 * of them is kept, and the ends of leases and of freezes.
 */
export async function expectNothingDue(
  scene: Scene,
  vms: readonly Vm[],
  said: ReadonlyMap<string, Said>,
): Promise<void> {
  const { ctx } = scene;
  for (const vm of vms) {
    await expectLease(ctx, vm, said.get(vm.id));
    await expectFreeze(scene, vm);
    const schedule = await ctx.db.backupSchedule.findUnique({ where: { vmId: vm.id } });
    if (schedule !== null && !vm.isTemplate) await expectSchedule(ctx, schedule);
  }
}

async function expectSchedule({ db, clock }: Context, schedule: BackupSchedule): Promise<void> {
  const { vmId, nextAt, retryUntil, lastError, lastTaskId } = schedule;
  const now = clock();
  if (nextAt <= now) {
    expect(lastError, "why it waits").not.toBeNull();
    expect((retryUntil ?? now) > now, "tried again").toBe(true);
  }
  const task = lastTaskId === null ? null : await db.task.findUnique({ where: { id: lastTaskId } });
  if (lastTaskId !== null) expect(task).toMatchObject({ kind: "backup.create", targetId: vmId });
  const backups = await db.backup.findMany({ where: { vmId }, orderBy: { createdAt: "desc" } });
  const failed = await db.task.findMany({ where: { kind: "backup.delete", state: "failed" } });
  const surplus = backups
    .filter(({ id }) => failed.every(({ targetId }) => targetId !== id))
    .filter((backup) => !isKept(backup, backups, schedule, now));
  expect(surplus, `kept: ${schedule.keepLast}, ${schedule.keepDays} days`).toEqual([]);
}

/** By the words that the form has for it: the last so many, the days, and what others build on. */
function isKept(
  backup: Backup,
  newestFirst: readonly Backup[],
  { keepLast, keepDays }: Pick<BackupSchedule, "keepLast" | "keepDays">,
  now: Date,
): boolean {
  if (!backup.scheduled || (keepLast === null && keepDays === null)) return true;
  const place = newestFirst.filter(({ scheduled }) => scheduled).indexOf(backup);
  if (newestFirst[0] === backup || (keepLast !== null && place < keepLast)) return true;
  const ageMs = now.getTime() - backup.createdAt.getTime();
  if (keepDays !== null && ageMs < keepDays * dayMs) return true;
  return newestFirst.some(
    (each) => each.baseId === backup.id && isKept(each, newestFirst, { keepLast, keepDays }, now),
  );
}

/** A VM whose lease has ended is off and stays off, and is gone after the grace unless it is held. */
async function expectLease({ db, clock }: Context, vm: Vm, said: Said | undefined): Promise<void> {
  const { leaseEndsAt, leaseStoppedAt } = vm;
  const now = clock();
  expect(leaseEndsAt !== null && leaseEndsAt <= now, "its lease has ended").toBe(
    leaseStoppedAt !== null,
  );
  if (leaseStoppedAt === null) return;
  expect(said, "after its lease").toMatchObject({ active: false, autostart: false });
  if (now.getTime() < leaseStoppedAt.getTime() + graceMs || vm.locked) return;
  const clones = await db.disk.count({ where: { base: { vmId: vm.id } } });
  const failed = { kind: "vm.delete", targetId: vm.id, state: "failed" };
  expect(clones + (await db.task.count({ where: failed })), "why it is still there").not.toBe(0);
}

/** Nobody stays frozen beyond the time, or without one. */
async function expectFreeze({ ctx, host, isFrozen }: Scene, { id, uuid }: Vm): Promise<void> {
  const row = await ctx.db.guestFreeze.findUnique({ where: { vmId: id } });
  if (row !== null) expect(row.until > ctx.clock(), "its time is over").toBe(true);
  const bootId = host.inventory.get(uuid)?.bootId ?? null;
  if (bootId === null || !(await isFrozen(uuid))) return;
  expect(row, "a guest is frozen").toMatchObject({ bootId });
}
