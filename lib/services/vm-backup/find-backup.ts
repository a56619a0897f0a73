import type { Prisma } from "@/lib/db/generated/client";
import { AppError, notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

export const withDisks = { disks: { orderBy: { target: "asc" } }, files: true } as const;

export type BackupRow = Prisma.BackupGetPayload<{ include: typeof withDisks }>;

/**
 * The backup's row, when the actor may do this to it. Another tenant's, and one that is not of
 * `projectId` where that is given, is `not_found`.
 */
export async function findBackup(
  ctx: Context,
  input: { backupId: string; projectId?: string | undefined },
  permission: Permission,
): Promise<BackupRow> {
  const { backupId, projectId } = input;
  const named = projectId === undefined ? {} : { projectId };
  const backup = await ctx.db.backup.findFirst({
    where: { AND: [{ id: backupId }, named, scope(ctx.actor)] },
    include: withDisks,
  });
  if (!backup) throw notFound(`backup ${backupId}`);
  assertCan(ctx.actor, permission, backup.projectId);
  return backup;
}

/** Throws `vm.bad_state` while a task makes or deletes the backup. */
export function assertReady(backup: Pick<BackupRow, "id" | "state">): void {
  if (backup.state === "ready") return;
  throw new AppError({
    code: "vm.bad_state",
    message: `backup ${backup.id} is ${backup.state}`,
    userMessage: { key: backup.state === "making" ? "backup.is_making" : "backup.is_deleting" },
  });
}
