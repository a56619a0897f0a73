import type { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";
import { findUser, type userIdSchema } from "./user-rules";

export interface Heir {
  id: string;
  name: string;
  email: string;
}

/** What would belong to nobody, or end, once the person is gone. */
export interface Holdings {
  /** Projects that he alone owns, with who could take over: members first, then administrators. */
  projects: { id: string; name: string; vms: number; heirs: Heir[] }[];
  /** API tokens of projects that he made: they end with his account. */
  projectTokens: number;
}

/**
 * What somebody has to take over before a user is deleted. Throws `auth.forbidden` for everybody
 * but administrators, and `not_found`.
 */
export async function listHoldings(
  ctx: Context,
  input: z.output<typeof userIdSchema>,
): Promise<Holdings> {
  assertCan(ctx.actor, "user.manage");
  const { userId } = input;
  await findUser(ctx.db, userId);
  const [projects, admins, projectTokens] = await Promise.all([
    ctx.db.project.findMany({
      where: ownedAlone(userId),
      orderBy: { name: "asc" },
      select: {
        id: true,
        name: true,
        _count: { select: { vms: true } },
        memberships: {
          where: { user: mayTakeOver(userId) },
          select: { user: { select: heirFields } },
          // By the alphabet, which happens to put members before viewers.
          orderBy: [{ role: "asc" }, { user: { name: "asc" } }],
        },
      },
    }),
    ctx.db.user.findMany({
      where: { ...mayTakeOver(userId), isAdmin: true },
      select: heirFields,
      orderBy: { name: "asc" },
    }),
    ctx.db.apiToken.count({ where: liveProjectTokens(userId, ctx.clock()) }),
  ]);
  return {
    projects: projects.map(({ id, name, memberships, _count }) => {
      const members = memberships.map((each) => each.user);
      const others = admins.filter((admin) => members.every((each) => each.id !== admin.id));
      return { id, name, vms: _count.vms, heirs: [...members, ...others] };
    }),
    projectTokens,
  };
}

const heirFields = { id: true, name: true, email: true } as const;

/** Projects without another owner who can sign in. */
export function ownedAlone(userId: string): Prisma.ProjectWhereInput {
  return {
    AND: [
      { memberships: { some: { userId, role: "owner" } } },
      {
        memberships: {
          none: { userId: { not: userId }, role: "owner", user: { disabledAt: null } },
        },
      },
    ],
  };
}

/** An auditor changes nothing, so that a project of his would have no owner. */
export function mayTakeOver(from: string): Prisma.UserWhereInput {
  return { id: { not: from }, disabledAt: null, isAuditor: false };
}

export function liveProjectTokens(userId: string, now: Date): Prisma.ApiTokenWhereInput {
  return { userId, projectId: { not: null }, revokedAt: null, expiresAt: { gt: now } };
}
