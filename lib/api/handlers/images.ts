import { cancelUpload } from "@/lib/services/image/cancel-upload";
import { deleteImage } from "@/lib/services/image/delete-image";
import { findImage } from "@/lib/services/image/find-image";
import { getImage } from "@/lib/services/image/get-image";
import { pageImages } from "@/lib/services/image/page-images";
import { startUpload } from "@/lib/services/image/start-upload";
import { ownTask } from "@/lib/services/task/get-task";
import type { imageOperations } from "../spec/images";
import type { HandlersOf } from "./handler";
import { openCursor, sealCursor } from "./paged";
import { toApiImage, toApiTask } from "./views";

export const imageHandlers: HandlersOf<keyof typeof imageOperations> = {
  listImages: async (ctx, query, say) => {
    const cursor = openCursor(query.sort, query.cursor);
    const { items, next } = await pageImages(ctx, { ...query, cursor });
    return {
      items: items.map((image) => toApiImage(image, say)),
      nextCursor: sealCursor(query.sort, next),
    };
  },
  getImage: async (ctx, input, say) => toApiImage(await getImage(ctx, input), say),
  createImageUpload: async (ctx, input, say) => {
    const image = toApiImage(await startUpload(ctx, input), say);
    return { image, uploadUrl: `/api/uploads/${image.id}` };
  },
  deleteImage: async (ctx, input, say) => {
    const { state } = await findImage(ctx, input.imageId, "image.delete");
    if (state === "uploading") {
      await cancelUpload(ctx, input);
      return undefined;
    }
    const { taskId } = await deleteImage(ctx, input);
    return taskId === null ? undefined : toApiTask(await ownTask(ctx, taskId), say);
  },
};
