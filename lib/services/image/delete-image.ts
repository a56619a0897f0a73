import { AppError } from "@/lib/model/errors";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { imageDelete } from "@/lib/tasks/definitions/image-delete";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { chooseHost } from "../host/choose-host";
import { publish } from "../live/bus";
import { assertImageUnused } from "./assert-image-unused";
import { findImage } from "./find-image";
import { forgetAppliance } from "./forget-appliance";
import { uploadsFolder } from "./uploads-folder";

/**
 * Deletes an image. One that was refused or failed has no volume and is gone at once (`taskId`
 * null), as is a VM's file, which lies in `uploadsDir`, unless it is being imported. Throws `vm.bad_state` while a drive holds it, or while it is being uploaded or stored.
 */
export async function deleteImage(
  ctx: Context,
  input: { imageId: string },
  uploadsDir?: string,
): Promise<{ taskId: string | null }> {
  const image = await findImage(ctx, input.imageId, "image.delete");
  const { id: imageId, projectId, name, pool, volume, state } = image;
  const entry = {
    action: "image.delete",
    outcome: "ok",
    projectId,
    targetType: "image",
    targetId: imageId,
    targetName: name,
  } as const;
  if (state === "refused" || state === "failed") {
    await ctx.db.image.deleteMany({ where: { id: imageId, state } });
    await writeAudit(ctx, entry);
    publish({ type: "image.removed", projectId, imageId });
    return { taskId: null };
  }
  if (image.kind === "appliance" && state === "ready") {
    const gone = await forgetAppliance(ctx.db, { imageId }, uploadsDir ?? uploadsFolder());
    if (!gone) throw busy(imageId, state, "appliance.busy");
    await writeAudit(ctx, entry);
    return { taskId: null };
  }
  if (state !== "ready" || pool === null || volume === null) throw busy(imageId, state);
  await assertImageUnused(ctx.db, ctx.hosts, image);
  const { id: hostId } = chooseHost(ctx);
  const taskId = await ctx.db.$transaction(async (tx) => {
    const marked = await tx.image.updateMany({
      where: { id: imageId, state: "ready" },
      data: { state: "deleting" },
    });
    if (marked.count === 0) throw busy(imageId, "deleting");
    await writeAudit({ ...ctx, db: tx }, entry);
    return enqueueTask(tx, imageDelete, {
      input: { imageId, hostId, pool, volume },
      projectId,
      hostId,
      targetId: imageId,
      targetName: name,
      actor: ctx.actor,
      now: ctx.clock(),
    });
  });
  publish({ type: "image", projectId, imageId });
  announceTask(taskId, projectId);
  return { taskId };
}

function busy(imageId: string, state: string, key = "image.is_busy"): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `image ${imageId} is ${state}`,
    userMessage: { key: state === "uploading" ? "image.is_uploading" : key },
  });
}
