import type { ImageView } from "@/lib/model/image";
import type { Context } from "../context";
import { findImage } from "./find-image";
import { countImageUsers } from "./image-users";
import { toImageView } from "./to-image-view";

/** An image; another tenant's is `not_found`. */
export async function getImage(ctx: Context, input: { imageId: string }): Promise<ImageView> {
  const row = await findImage(ctx, input.imageId, "image.read");
  return toImageView(row, countImageUsers(ctx.hosts, [row]).get(row.id) ?? 0);
}
