import { z } from "zod";
import { projectNameSchema } from "@/lib/model/project";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { requireProject } from "./require-project";

export const renameProjectSchema = z.object({
  projectId: z.string().min(1).max(40),
  name: projectNameSchema,
});

/** Gives the project another name; its address stays, so that links go on working. */
export async function renameProject(
  ctx: Context,
  input: z.output<typeof renameProjectSchema>,
): Promise<void> {
  const project = await requireProject(ctx, input.projectId, "project.rename");
  await ctx.db.$transaction(async (tx) => {
    await tx.project.update({ where: { id: project.id }, data: { name: input.name } });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "project.rename",
        outcome: "ok",
        projectId: project.id,
        targetType: "project",
        targetId: project.id,
        targetName: input.name,
        detail: { before: project.name },
      },
    );
  });
}
