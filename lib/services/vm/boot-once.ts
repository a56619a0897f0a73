import type { Image, Vm } from "@/lib/db/generated/client";
import { AppError, notFound } from "@/lib/model/errors";
import { isOff } from "@/lib/model/vm-state";
import { assertCan } from "@/lib/policies/can";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { vmBootOnce } from "@/lib/tasks/definitions/vm-boot-once";
import { audited } from "../audited";
import type { Context } from "../context";
import { assertStartable } from "./assert-startable";
import { enqueueVmTask } from "./enqueue-vm-task";
import { findSeenVm, requireLive } from "./find-vm";
import { endedByLease } from "./to-vm-view";

/**
 * Enqueues a start of a VM that is off from an image of its project, in its CD drive; its next
 * start has its own boot order and medium again. Throws `not_found` for any other image, whatever
 * one may do, `vm.bad_state` for an image that is not ready and a VM that is not off, is held by a
 * task or has no CD drive, or whose lease has ended, and `host.unreachable`.
 */
export async function bootOnce(
  ctx: Context,
  input: { vmId: string; imageId: string },
): Promise<{ taskId: string }> {
  const row = await findSeenVm(ctx, input.vmId);
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const image = await ctx.db.image.findFirst({ where: { id: input.imageId, projectId } });
  if (!image) throw notFound(`image ${input.imageId}`);
  assertCan(ctx.actor, "vm.power", projectId);
  assertCan(ctx.actor, "vm.media", projectId);
  const taskId = await audited(
    ctx,
    {
      action: "vm.boot_once",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { imageId: image.id },
    },
    async () => {
      const medium = await mediumOf(ctx, row, image);
      return ctx.db.$transaction((tx) =>
        enqueueVmTask(ctx, tx, row, {
          definition: vmBootOnce,
          input: { vmId, projectId, hostId, uuid, medium, beforeXml: null },
        }),
      );
    },
  );
  announceTask(taskId, projectId);
  return { taskId };
}

/** Where the image lies; throws unless the VM can start from it now. */
async function mediumOf(ctx: Context, row: Vm, { pool, volume, state }: Image) {
  if (state !== "ready" || pool === null || volume === null) throw refused("image.not_ready");
  const { live } = requireLive(ctx, row);
  if (!isOff(live.state)) throw refused("vm.boot_once_not_off");
  if (endedByLease(row, "start")) throw refused("lease.ended");
  if (live.nextDisks.every((drive) => drive.device !== "cdrom")) throw refused("vm.no_cd_drive");
  await assertStartable(ctx.db, row);
  return { pool, volume };
}

function refused(key: string): AppError {
  return new AppError({ code: "vm.bad_state", message: key, userMessage: { key } });
}
