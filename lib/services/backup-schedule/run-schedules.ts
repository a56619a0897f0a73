import type { BackupSchedule, Prisma, Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { missedRuns, nextRun } from "@/lib/model/backup-schedule";
import { type AppError, isAppError } from "@/lib/model/errors";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { writeAudit } from "../audit";
import { publish } from "../live/bus";
import { assertNotBackingUp } from "../vm-backup/assert-not-backing-up";
import { reserveBackup } from "../vm-backup/reserve-backup";
import { auditOfSchedule, type ScheduleDeps, scheduleActor } from "./schedule-deps";
import { scheduleOf } from "./to-schedule-view";

type Due = BackupSchedule & { vm: Vm };

/** A host that is away or busy is asked again for so long. */
const retryMs = 3_600_000;

/**
 * Begins one backup of every VM for which one is due, however many times have passed by. Each run
 * takes its row in the transaction that enqueues it, so that several portals, and one that was
 * restarted in between, begin it once. What is refused is tried again for an hour; then it has
 * failed, and the next time is waited for.
 */
export async function runSchedules(deps: ScheduleDeps): Promise<void> {
  const due = await deps.db.backupSchedule.findMany({
    where: { nextAt: { lte: deps.clock() }, vm: { lifecycle: "ready", isTemplate: false } },
    include: { vm: true },
    orderBy: { nextAt: "asc" },
  });
  for (const row of due) {
    try {
      await run(deps, row);
    } catch (error) {
      deps.log.error({ err: error, vmId: row.vmId }, "a scheduled backup could not be begun");
    }
  }
  await tellEnded(deps);
}

async function run(deps: ScheduleDeps, row: Due): Promise<void> {
  const { vm, vmId, quiesce, fullEvery } = row;
  const backupId = newId();
  const also = async (tx: Prisma.TransactionClient, taskId: string) => {
    if (!(await take(tx, row, { ...ran(row, deps.clock()), lastTaskId: taskId, lastError: null })))
      throw new Taken();
    await writeAudit(
      { ...auditOfSchedule(deps), db: tx },
      { ...entryOf(vm, backupId), outcome: "ok" },
    );
  };
  try {
    await assertNotBackingUp(deps.db, vmId);
    const how = { quiesce, incremental: fullEvery > 1, fullEvery };
    const wanted = { backupId, note: "", ...how, scheduled: true, actor: scheduleActor, also };
    const taskId = await reserveBackup(deps, vm, wanted);
    announceTask(taskId, vm.projectId);
  } catch (error) {
    if (error instanceof Taken) return;
    if (!isAppError(error)) throw error;
    await putOff(deps, row, error);
  }
  publish({ type: "backup", projectId: vm.projectId });
}

/** Later again, or not any more. */
async function putOff(deps: ScheduleDeps, row: Due, error: AppError): Promise<void> {
  const now = deps.clock();
  const { key, values } = error.userMessage;
  const lastError = JSON.stringify({ key, values });
  const retryUntil = row.retryUntil ?? new Date(now.getTime() + retryMs);
  if (now < retryUntil) {
    await take(deps.db, row, { retryUntil, lastError });
    return;
  }
  await deps.db.$transaction(async (tx) => {
    if (!(await take(tx, row, { ...ran(row, now), lastTaskId: null, lastError }))) return;
    const entry = entryOf(row.vm, null);
    await writeAudit(
      { ...auditOfSchedule(deps), db: tx },
      { ...entry, outcome: "failed", detail: { ...entry.detail, error: error.code } },
    );
  });
}

/** Changes the row provided that this run of it is still to come. */
async function take(
  tx: Pick<Prisma.TransactionClient, "backupSchedule">,
  { vmId, nextAt }: BackupSchedule,
  data: Prisma.BackupScheduleUpdateManyMutationInput,
): Promise<boolean> {
  const taken = await tx.backupSchedule.updateMany({ where: { vmId, nextAt }, data });
  return taken.count === 1;
}

function ran(row: BackupSchedule, now: Date) {
  const schedule = scheduleOf(row);
  return {
    nextAt: nextRun(schedule, now),
    retryUntil: null,
    lastDueAt: row.nextAt,
    lastRunAt: now,
    missed: missedRuns(schedule, row.nextAt, now),
  };
}

/** Pages that show how a run ended are told, once its task has. */
async function tellEnded({ db, clock }: ScheduleDeps): Promise<void> {
  const lately = new Date(clock().getTime() - 2 * 60_000);
  const tasks = await db.task.findMany({
    where: { kind: "backup.create", endedAt: { gte: lately }, actorName: scheduleActor.name },
    select: { projectId: true },
  });
  const projects = new Set(tasks.flatMap((task) => task.projectId ?? []));
  for (const projectId of projects) publish({ type: "backup", projectId });
}

function entryOf(vm: Vm, backupId: string | null) {
  return {
    action: "backup.create",
    projectId: vm.projectId,
    targetType: "vm",
    targetId: vm.id,
    targetName: vm.name,
    detail: { scheduled: true, ...(backupId === null ? {} : { backupId }) },
  } as const;
}

/** Another portal has begun the run, or somebody has changed the schedule. */
class Taken extends Error {}
