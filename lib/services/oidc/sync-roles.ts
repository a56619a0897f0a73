import type { Prisma, User } from "@/lib/db/generated/client";
import { type AuditContext, writeAudit } from "@/lib/services/audit";
import { endGrantsOf } from "@/lib/services/project/membership";
import { userTarget } from "@/lib/services/user/user-rules";
import type { GrantedRoles } from "./granted-roles";

/** The author of what a sign-in changes, in its transaction. */
type Author = AuditContext & { db: Prisma.TransactionClient };

const because = { by: "oidc" } as const;

/**
 * Gives a person the roles that the provider's groups give, and takes away those that they gave
 * earlier and give no more. Roles given by hand in the portal stay as they are. The last
 * administrator stays one. Returns the ids of the projects where something changed (null: in the
 * installation), to be told when the transaction has ended.
 */
export async function syncRoles(
  author: Author,
  user: User,
  granted: GrantedRoles,
): Promise<(string | null)[]> {
  const inInstallation = await syncRight(author, user, granted.right);
  const inProjects = await syncProjects(author, user, granted.projects);
  return [...(inInstallation ? [null] : []), ...inProjects];
}

async function syncRight(
  author: Author,
  user: User,
  right: GrantedRoles["right"],
): Promise<boolean> {
  const byHand = user.oidcRight === null && (user.isAdmin || user.isAuditor);
  if (byHand || user.oidcRight === right) return false;
  if (user.isAdmin && right !== "admin") {
    const others = { isAdmin: true, disabledAt: null, id: { not: user.id } };
    if ((await author.db.user.count({ where: others })) === 0) return false;
  }
  await author.db.user.update({
    where: { id: user.id },
    data: { isAdmin: right === "admin", isAuditor: right === "auditor", oidcRight: right },
  });
  await writeAudit(author, {
    action: "user.set_right",
    outcome: "ok",
    ...userTarget(user),
    detail: { ...because, before: user.oidcRight ?? "none", right: right ?? "none" },
  });
  return true;
}

async function syncProjects(
  author: Author,
  user: User,
  wanted: GrantedRoles["projects"],
): Promise<string[]> {
  const { db } = author;
  const userId = user.id;
  const [projects, memberships] = await Promise.all([
    db.project.findMany({
      where: { slug: { in: [...wanted.keys()] } },
      select: { id: true, slug: true },
    }),
    db.membership.findMany({ where: { userId } }),
  ]);
  const changed: string[] = [];
  const target = {
    targetType: "user",
    targetId: userId,
    targetName: user.email,
    outcome: "ok",
  } as const;
  for (const { id: projectId, slug } of projects) {
    const role = wanted.get(slug);
    const before = memberships.find((each) => each.projectId === projectId);
    if (role === undefined || before?.role === role || (before && !isGranted(before))) continue;
    await db.membership.upsert({
      where: { projectId_userId: { projectId, userId } },
      create: { projectId, userId, role, oidcRole: role },
      update: { role, oidcRole: role },
    });
    if (before?.role === "owner") await endGrantsOf(db, projectId, userId, author.clock());
    await writeAudit(author, {
      action: before ? "member.change_role" : "member.add",
      ...target,
      projectId,
      detail: { ...because, before: before?.role ?? null, role },
    });
    changed.push(projectId);
  }
  const kept = new Set(projects.map((each) => each.id));
  for (const { projectId, role } of memberships.filter(isGranted)) {
    if (kept.has(projectId)) continue;
    await db.membership.delete({ where: { projectId_userId: { projectId, userId } } });
    await endGrantsOf(db, projectId, userId, author.clock());
    await writeAudit(author, {
      action: "member.remove",
      ...target,
      projectId,
      detail: { ...because, role },
    });
    changed.push(projectId);
  }
  return changed;
}

/** Whether the provider gave it and nobody has changed it by hand since. */
function isGranted(membership: { role: string; oidcRole: string | null }): boolean {
  return membership.oidcRole === membership.role;
}
