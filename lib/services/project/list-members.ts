import type { ProjectRole } from "@/lib/policies/permissions";
import type { Context } from "../context";
import { requireProject } from "./require-project";

export interface MemberView {
  userId: string;
  name: string;
  email: string;
  role: ProjectRole;
  /** An account that nobody can sign in to at the moment. */
  disabled: boolean;
}

/** The project's members, by name. */
export async function listMembers(
  ctx: Context,
  input: { projectId: string },
): Promise<MemberView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "member.read");
  const rows = await ctx.db.membership.findMany({
    where: { projectId },
    select: {
      role: true,
      user: { select: { id: true, name: true, email: true, disabledAt: true } },
    },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map(({ role, user }) => ({
    userId: user.id,
    name: user.name,
    email: user.email,
    role,
    disabled: user.disabledAt !== null,
  }));
}
