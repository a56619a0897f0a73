import type { Image } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import { publish } from "@/lib/services/live/bus";
import type { StepContext } from "./handler";

/** The row that a task of an image is about. Throws `not_found` when it is gone. */
export async function findImage(
  { db }: StepContext,
  { imageId }: { imageId: string },
): Promise<Image> {
  const image = await db.image.findUnique({ where: { id: imageId } });
  if (image) return image;
  throw notFound(`image ${imageId}`);
}

/** Changes it, and tells those who look. */
export async function changeImage(
  { db }: StepContext,
  { imageId }: { imageId: string },
  data: Partial<Image>,
): Promise<void> {
  const { projectId } = await db.image.update({
    where: { id: imageId },
    data,
    select: { projectId: true },
  });
  publish({ type: "image", projectId, imageId });
}
