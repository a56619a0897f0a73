import { mkdir, writeFile } from "node:fs/promises";
import { newId } from "@/lib/db/id";
import type { ImageKind, ImageView } from "@/lib/model/image";
import type { Context } from "../context";
import { partPath, removePart } from "./part-file";
import { toImageView } from "./to-image-view";
import { beginUpload } from "./upload/begin-upload";
import { uploadsFolder } from "./uploads-folder";

/**
 * Makes the row and the empty part of an upload whose bytes are then sent by tus, as if its
 * creating request had come there. Throws as `beginUpload` does; nothing is left behind then.
 */
export async function startUpload(
  ctx: Context,
  input: { projectId: string; name: string; sizeBytes: number; kind?: ImageKind | undefined },
  uploadsDir = uploadsFolder(),
): Promise<ImageView> {
  const imageId = newId();
  const { projectId, name: filename, sizeBytes, kind = "iso" } = input;
  await mkdir(uploadsDir, { recursive: true, mode: 0o700 });
  await writeFile(partPath(uploadsDir, imageId), "", { flag: "wx", mode: 0o600 });
  try {
    await beginUpload(ctx, { imageId, projectId, kind, filename, sizeBytes }, uploadsDir);
  } catch (error) {
    await removePart(uploadsDir, imageId);
    throw error;
  }
  return toImageView(await ctx.db.image.findUniqueOrThrow({ where: { id: imageId } }), 0);
}
