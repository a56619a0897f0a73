import { AppError, notFound } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { changeMedia } from "./change-media";
import { findSeenVm } from "./find-vm";

/**
 * Puts an image of the VM's own project into its drive. Throws `not_found` for any other
 * image, whatever one may do, and `vm.bad_state` for one that is not ready.
 */
export async function insertMedia(
  ctx: Context,
  input: { vmId: string; imageId: string },
): Promise<VmDetail> {
  const row = await findSeenVm(ctx, input.vmId);
  const image = await ctx.db.image.findFirst({
    where: { id: input.imageId, projectId: row.projectId },
  });
  if (!image) throw notFound(`image ${input.imageId}`);
  assertCan(ctx.actor, "vm.media", row.projectId);
  const { id, name, pool, volume, state } = image;
  if (state === "ready" && pool !== null && volume !== null) {
    return changeMedia(ctx, row, { id, name, pool, volume });
  }
  throw new AppError({
    code: "vm.bad_state",
    message: `image ${id} is ${state}`,
    userMessage: { key: "image.not_ready" },
  });
}
