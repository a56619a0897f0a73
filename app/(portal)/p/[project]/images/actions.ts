"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { cancelUpload } from "@/lib/services/image/cancel-upload";
import { deleteImage } from "@/lib/services/image/delete-image";

const input = z.object({ imageId: z.string().min(1).max(40) });

export const deleteImageAction = action(input, deleteImage);

export const cancelUploadAction = action(input, async (ctx, given) => {
  await cancelUpload(ctx, given);
});
