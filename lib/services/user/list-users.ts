import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { type UserFilter, type UserRight, userFilters } from "@/lib/model/user";
import { assertCan } from "@/lib/policies/can";
import type { ProjectRole } from "@/lib/policies/permissions";
import type { Context } from "@/lib/services/context";
import { rightOf } from "./set-user-right";

export const listUsersSchema = z.object({
  /** Part of a name or address. */
  search: z.string().trim().max(100).default(""),
  show: z.enum(userFilters).default("all"),
  /** `next` of the page before. */
  cursor: z.string().max(200).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
});

export interface UserRow {
  id: string;
  name: string;
  email: string;
  right: UserRight;
  disabled: boolean;
  /** Whether signing in with the password asks for more. */
  secondFactor: boolean;
  /** ISO times; null: never. */
  createdAt: string;
  lastSignInAt: string | null;
  projects: { slug: string; name: string; role: ProjectRole }[];
}

export interface UserPage {
  users: UserRow[];
  /** How many there are on all pages. */
  total: number;
  /** Cursor of the next page; null on the last. */
  next: string | null;
}

/** Length of a row id: the cursor is an id and, behind it, the name. */
const idLength = 10;

const noFactor: Prisma.UserWhereInput = { totpConfirmedAt: null, passkeys: { none: {} } };

const filters: Record<UserFilter, Prisma.UserWhereInput> = {
  all: {},
  admins: { isAdmin: true },
  auditors: { isAuditor: true },
  disabled: { disabledAt: { not: null } },
  one_factor: { ...noFactor, disabledAt: null },
};

export const userRowInclude = {
  memberships: {
    select: { role: true, project: { select: { slug: true, name: true } } },
    orderBy: { project: { name: "asc" } },
  },
  _count: { select: { passkeys: true } },
} as const satisfies Prisma.UserInclude;

/**
 * The installation's people by name, a page at a time. Throws `auth.forbidden` for everybody but
 * administrators and auditors.
 */
export async function listUsers(
  ctx: Context,
  input: z.output<typeof listUsersSchema>,
): Promise<UserPage> {
  assertCan(ctx.actor, "user.read");
  const { search, show, cursor, limit } = input;
  const matching: Prisma.UserWhereInput = {
    ...filters[show],
    ...(search === ""
      ? {}
      : { OR: [{ name: { contains: search } }, { email: { contains: search.toLowerCase() } }] }),
  };
  const [rows, total] = await Promise.all([
    ctx.db.user.findMany({
      where: { AND: [matching, cursor === null ? {} : after(cursor)] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: limit + 1,
      include: userRowInclude,
    }),
    ctx.db.user.count({ where: matching }),
  ]);
  const users = rows.slice(0, limit).map(toUserRow);
  const last = rows.length > limit ? users.at(-1) : undefined;
  return { users, total, next: last ? `${last.id}${last.name}` : null };
}

export function toUserRow(row: Prisma.UserGetPayload<{ include: typeof userRowInclude }>): UserRow {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    right: rightOf(row),
    disabled: row.disabledAt !== null,
    secondFactor: row.totpConfirmedAt !== null || row._count.passkeys > 0,
    createdAt: row.createdAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    projects: row.memberships.map(({ role, project }) => ({ ...project, role })),
  };
}

function after(cursor: string): Prisma.UserWhereInput {
  const id = cursor.slice(0, idLength);
  const name = cursor.slice(idLength);
  return { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] };
}
