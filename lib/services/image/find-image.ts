import type { Image } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

/** The image's row, when the actor may do this to it; another tenant's is `not_found`. */
export async function findImage(
  ctx: Pick<Context, "actor" | "db">,
  imageId: string,
  permission: Permission,
): Promise<Image> {
  const image = await ctx.db.image.findFirst({ where: { id: imageId, ...scope(ctx.actor) } });
  if (!image) throw notFound(`image ${imageId}`);
  assertCan(ctx.actor, permission, image.projectId);
  return image;
}
