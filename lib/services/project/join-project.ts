import type { Prisma } from "@/lib/db/generated/client";
import { type ProjectRole, projectRoles } from "@/lib/policies/permissions";

/**
 * Makes somebody a member, or raises his role; never lowers it. Runs in the caller's
 * transaction. Returns the role that he has now.
 */
export async function joinProject(
  tx: Prisma.TransactionClient,
  { projectId, userId, role }: { projectId: string; userId: string; role: ProjectRole },
): Promise<ProjectRole> {
  const key = { projectId_userId: { projectId, userId } };
  const before = await tx.membership.findUnique({ where: key, select: { role: true } });
  if (before && projectRoles.indexOf(before.role) >= projectRoles.indexOf(role)) return before.role;
  await tx.membership.upsert({
    where: key,
    create: { projectId, userId, role },
    update: { role },
  });
  return role;
}
