import { newId } from "@/lib/db/id";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm } from "../vm/find-vm";
import { reserveBackup } from "./reserve-backup";

export interface CreateBackupInput {
  vmId: string;
  note: string;
  /** Whether the guest's agent, where one answers, holds the file systems for the moment. */
  quiesce: boolean;
  /** Only what has changed since the last one, where that can be; the backup says why not. */
  incremental: boolean;
}

/** Backs a VM up for a person (see `reserveBackup`, also for what it throws). */
export async function createBackup(
  ctx: Context,
  input: CreateBackupInput,
): Promise<{ backupId: string; taskId: string }> {
  const row = await findVm(ctx, input.vmId, "backup.create");
  const { note, quiesce, incremental } = input;
  const { id, projectId, name } = row;
  const backupId = newId();
  const about = { projectId, targetType: "vm", targetId: id, targetName: name };
  const taskId = await audited(
    ctx,
    { action: "backup.create", ...about, detail: { backupId } },
    () =>
      reserveBackup(ctx, row, {
        backupId,
        note,
        quiesce,
        incremental,
        fullEvery: null,
        scheduled: false,
        actor: ctx.actor,
      }),
  );
  publish({ type: "backup", projectId });
  announceTask(taskId, projectId);
  return { backupId, taskId };
}
