import { AppError } from "@/lib/model/errors";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findImage } from "./find-image";
import { removePart } from "./part-file";
import { cutUploads } from "./upload/running";
import { uploadsFolder } from "./uploads-folder";

/**
 * Gives an upload up: cuts the request that brings it, removes row and part. Throws
 * `vm.bad_state` once the file has arrived; from then on it is a task that can be cancelled.
 */
export async function cancelUpload(
  ctx: Context,
  input: { imageId: string },
  uploadsDir = uploadsFolder(),
): Promise<void> {
  const { id: imageId, projectId, name } = await findImage(ctx, input.imageId, "image.upload");
  const removed = await ctx.db.image.deleteMany({ where: { id: imageId, state: "uploading" } });
  if (removed.count === 0) {
    throw new AppError({
      code: "vm.bad_state",
      message: `image ${imageId} is no longer being uploaded`,
      userMessage: { key: "image.is_busy" },
    });
  }
  cutUploads({ imageId });
  await removePart(uploadsDir, imageId);
  publish({ type: "image.removed", projectId, imageId });
  await writeAudit(ctx, {
    action: "image.cancel_upload",
    outcome: "ok",
    projectId,
    targetType: "image",
    targetId: imageId,
    targetName: name,
  });
}
