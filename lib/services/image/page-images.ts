import type { Prisma } from "@/lib/db/generated/client";
import type { ImageKind, ImageState, ImageView } from "@/lib/model/image";
import { scopeFor } from "@/lib/policies/scope";
import type { Context } from "../context";
import { keysetCursor, readKeyset, readTimeKeyset } from "../keyset";
import { requireProject } from "../project/require-project";
import { countImageUsers } from "./image-users";
import { toImageView } from "./to-image-view";

export interface PageImages {
  /** Without it, the images of all projects that the actor sees. */
  projectId?: string;
  /** Part of the name. */
  name?: string;
  state?: readonly ImageState[];
  kind?: ImageKind;
  sort: "createdAt" | "-createdAt" | "name" | "-name";
  /** `next` of the page before, in the same order. */
  cursor?: string;
  limit: number;
}

/** Images, a page at a time, those under way included. */
export async function pageImages(
  ctx: Context,
  input: PageImages,
): Promise<{ items: ImageView[]; next: string | null }> {
  const { limit, sort, state, kind, name, projectId, cursor } = input;
  const tenancy =
    projectId === undefined
      ? scopeFor(ctx.actor, "image.read")
      : { projectId: (await requireProject(ctx, projectId, "image.read")).id };
  const matching: Prisma.ImageWhereInput = {
    ...tenancy,
    ...(name === undefined ? {} : { name: { contains: name } }),
    ...(state === undefined ? {} : { state: { in: [...state] } }),
    ...(kind === undefined ? {} : { kind }),
  };
  const direction = sort.startsWith("-") ? "desc" : "asc";
  const byTime = sort.endsWith("createdAt");
  const rows = await ctx.db.image.findMany({
    where: { AND: [matching, cursor === undefined ? {} : after(byTime, direction, cursor)] },
    orderBy: [byTime ? { createdAt: direction } : { name: direction }, { id: direction }],
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const users = countImageUsers(ctx.hosts, page);
  const items = page.map((row) => toImageView(row, users.get(row.id) ?? 0));
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (last === undefined) return { items, next: null };
  return {
    items,
    next: keysetCursor({ id: last.id, key: byTime ? last.createdAt : last.name }),
  };
}

function after(byTime: boolean, direction: "asc" | "desc", cursor: string): Prisma.ImageWhereInput {
  const way = direction === "asc" ? "gt" : "lt";
  if (byTime) {
    const { id, key } = readTimeKeyset(cursor);
    return { OR: [{ createdAt: { [way]: key } }, { createdAt: key, id: { [way]: id } }] };
  }
  const { id, key } = readKeyset(cursor);
  return { OR: [{ name: { [way]: key } }, { name: key, id: { [way]: id } }] };
}
