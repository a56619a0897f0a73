import { z } from "zod";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { requireProject } from "./require-project";

export const deleteProjectSchema = z.object({
  projectId: z.string().min(1).max(40),
  confirmName: z.string().max(200),
});

/**
 * Deletes an empty project with its memberships, invitations, API tokens and ended tasks.
 * `confirmName` must be its name. Throws `input.invalid` for another name and `conflict.rule`,
 * with what is left, while it has VMs, images, kept disks, backups or running tasks.
 */
export async function deleteProject(
  ctx: Context,
  input: z.output<typeof deleteProjectSchema>,
): Promise<void> {
  const project = await requireProject(ctx, input.projectId, "project.delete");
  if (input.confirmName.normalize("NFC").trim() !== project.name) {
    throw new AppError({
      code: "input.invalid",
      message: "the typed name is another",
      fields: { confirmName: { key: "field.confirm_project" } },
    });
  }
  const entry = {
    action: "project.delete",
    projectId: project.id,
    targetType: "project",
    targetId: project.id,
    targetName: project.name,
    detail: { slug: project.slug },
  } as const;
  const left = await audited(ctx, entry, () => removeEmpty(ctx, project.id));
  for (const userId of left) publish({ type: "rights", projectId: project.id, userId });
}

/** Removes the rows; returns who was a member. */
async function removeEmpty({ db }: Context, projectId: string): Promise<string[]> {
  const where = { projectId };
  return db.$transaction(async (tx) => {
    const vms = await tx.vm.count({ where });
    const images = await tx.image.count({ where });
    const disks = await tx.disk.count({ where: { ...where, vmId: null } });
    const backups = await tx.backup.count({ where });
    const tasks = await tx.task.count({
      where: { ...where, state: { notIn: [...endedTaskStates] } },
    });
    if (vms + images + disks + backups + tasks > 0) {
      const left = { vms, images, disks, backups, tasks };
      throw new AppError({
        code: "conflict.rule",
        message: `project ${projectId} is not empty`,
        userMessage: { key: "project.not_empty", values: left },
        details: left,
      });
    }
    const members = await tx.membership.findMany({ where, select: { userId: true } });
    await tx.task.deleteMany({ where });
    await tx.project.delete({ where: { id: projectId } });
    return members.map((each) => each.userId);
  });
}
