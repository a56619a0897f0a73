import type { ImageView } from "@/lib/model/image";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { countImageUsers } from "./image-users";
import { toImageView } from "./to-image-view";

/** The project's images, newest first, those under way included. */
export async function listImages(ctx: Context, input: { projectId: string }): Promise<ImageView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "image.read");
  const rows = await ctx.db.image.findMany({
    where: { projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const users = countImageUsers(ctx.hosts, rows);
  return rows.map((row) => toImageView(row, users.get(row.id) ?? 0));
}
