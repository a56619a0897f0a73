import { AppError } from "@/lib/model/errors";
import { diskDelete } from "@/lib/tasks/definitions/disk-delete";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { publish } from "../live/bus";
import { assertDiskFree } from "./assert-disk-free";
import { findDisk } from "./find-disk";
import { diskName } from "./to-disk-view";

/**
 * Enqueues the deletion of a kept disk, for good. Throws `conflict.rule` while a VM has it,
 * `vm.bad_state` while it is being deleted or a domain has its volume, `host.unreachable` when its
 * host is away.
 */
export async function deleteDisk(
  ctx: Context,
  input: { diskId: string; projectId?: string },
): Promise<{ taskId: string }> {
  const row = await findDisk(ctx, input, "disk.delete");
  const { id: diskId, projectId, hostId, pool, volume } = row;
  if (row.vm !== null) throw attached(diskId, row.vm.name);
  requireHost(ctx.hosts, hostId);
  assertDiskFree(ctx.hosts, row);
  const targetName = diskName(row);
  const taskId = await ctx.db.$transaction(async (tx) => {
    const marked = await tx.disk.updateMany({
      where: { id: diskId, vmId: null, state: "ready" },
      data: { state: "deleting" },
    });
    if (marked.count === 0) throw busy(diskId, row.state);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "disk.delete",
        outcome: "ok",
        projectId,
        targetType: "disk",
        targetId: diskId,
        targetName,
        detail: { volume, sizeBytes: Number(row.capacityBytes) },
      },
    );
    return enqueueTask(tx, diskDelete, {
      input: { diskId, hostId, pool, volume },
      projectId,
      hostId,
      targetId: diskId,
      targetName,
      actor: ctx.actor,
      now: ctx.clock(),
    });
  });
  publish({ type: "disk", projectId });
  announceTask(taskId, projectId);
  return { taskId };
}

function attached(diskId: string, name: string): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `disk ${diskId} has a VM`,
    userMessage: { key: "disk.has_vm", values: { name } },
  });
}

function busy(diskId: string, state: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `disk ${diskId} is busy: ${state}`,
    userMessage: { key: state === "making" ? "disk.is_making" : "disk.is_deleting" },
  });
}
