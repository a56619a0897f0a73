import { z } from "zod";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";

export const pageProjectsSchema = z.object({
  /** Part of a name or address. */
  search: z.string().trim().max(60).default(""),
  /** `next` of the page before. */
  cursor: z.string().max(100).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
});

export interface ProjectRow {
  id: string;
  slug: string;
  name: string;
  createdAt: string;
  owners: string[];
  members: number;
  vms: number;
  images: number;
}

export interface ProjectPage {
  projects: ProjectRow[];
  /** How many there are on all pages. */
  total: number;
  /** Cursor of the next page; null on the last. */
  next: string | null;
}

/** Length of a row id: the cursor is an id and, behind it, the name. */
const idLength = 10;

/**
 * All projects of the installation with what is in them, by name, a page at a time. Throws
 * `auth.forbidden` for everybody but administrators and auditors.
 */
export async function pageProjects(
  ctx: Context,
  input: z.output<typeof pageProjectsSchema>,
): Promise<ProjectPage> {
  assertCan(ctx.actor, "project.read_all");
  const { search, cursor, limit } = input;
  const matching =
    search === "" ? {} : { OR: [{ name: { contains: search } }, { slug: { contains: search } }] };
  const [rows, total] = await Promise.all([
    ctx.db.project.findMany({
      where: { AND: [matching, cursor === null ? {} : after(cursor)] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: limit + 1,
      include: {
        memberships: { where: { role: "owner" }, select: { user: { select: { name: true } } } },
        _count: { select: { memberships: true, vms: true, images: true } },
      },
    }),
    ctx.db.project.count({ where: matching }),
  ]);
  const projects = rows.slice(0, limit).map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    owners: row.memberships.map((each) => each.user.name).sort(),
    members: row._count.memberships,
    vms: row._count.vms,
    images: row._count.images,
  }));
  const last = rows.length > limit ? projects.at(-1) : undefined;
  return { projects, total, next: last ? `${last.id}${last.name}` : null };
}

function after(cursor: string) {
  const id = cursor.slice(0, idLength);
  const name = cursor.slice(idLength);
  return { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] };
}
