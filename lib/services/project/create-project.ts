import { z } from "zod";
import { newId } from "@/lib/db/id";
import { freeSlug, projectNameSchema, slugOf } from "@/lib/model/project";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "../audit";
import type { Context } from "../context";

export const createProjectSchema = z.object({ name: projectNameSchema });

/**
 * Makes an empty project without members; its address is made from the name. Throws
 * `auth.forbidden` for everybody but administrators.
 */
export async function createProject(
  ctx: Context,
  input: z.output<typeof createProjectSchema>,
): Promise<{ id: string; slug: string; name: string }> {
  assertCan(ctx.actor, "project.create");
  const { name } = input;
  const wanted = slugOf(name);
  return ctx.db.$transaction(async (tx) => {
    const alike = await tx.project.findMany({
      where: { slug: { startsWith: wanted } },
      select: { slug: true },
    });
    const slug = freeSlug(wanted, new Set(alike.map((each) => each.slug)));
    const project = await tx.project.create({
      data: { id: newId(), slug, name, createdAt: ctx.clock() },
      select: { id: true, slug: true, name: true },
    });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "project.create",
        outcome: "ok",
        projectId: project.id,
        targetType: "project",
        targetId: project.id,
        targetName: name,
        detail: { slug },
      },
    );
    return project;
  });
}
