import type { Prisma } from "@/lib/db/generated/client";
import type { VmView } from "@/lib/model/vm";
import type { VmState } from "@/lib/model/vm-state";
import { scopeFor } from "@/lib/policies/scope";
import type { Context } from "../context";
import { keysetCursor, readKeyset, readTimeKeyset } from "../keyset";
import { requireProject } from "../project/require-project";
import { withTag } from "./tags";
import { viewOf } from "./view-of";

export interface PageVms {
  /** Without it, the VMs of all projects that the actor sees. */
  projectId?: string;
  /** Part of the name. */
  name?: string;
  state?: readonly VmState[];
  tag?: string;
  hostId?: string;
  sort: "createdAt" | "-createdAt" | "name" | "-name";
  /** `next` of the page before, in the same order. */
  cursor?: string;
  limit: number;
}

/** Rows that are read at once while those of a state are looked for. */
const batchSize = 500;

/** VMs a page at a time, as the inventory has them: no call to libvirt is made. */
export async function pageVms(
  ctx: Context,
  input: PageVms,
): Promise<{ items: VmView[]; next: string | null }> {
  const { limit, sort, state, projectId } = input;
  const tenancy =
    projectId === undefined
      ? scopeFor(ctx.actor, "vm.read")
      : { projectId: (await requireProject(ctx, projectId, "vm.read")).id };
  const matching: Prisma.VmWhereInput = {
    ...tenancy,
    ...(input.name === undefined ? {} : { name: { contains: input.name } }),
    ...(input.tag === undefined ? {} : withTag(input.tag)),
    ...(input.hostId === undefined ? {} : { hostId: input.hostId }),
  };
  const take = state === undefined ? limit + 1 : batchSize;
  const items: VmView[] = [];
  let cursor = input.cursor;
  while (items.length <= limit) {
    const rows = await ctx.db.vm.findMany({
      where: { AND: [matching, cursor === undefined ? {} : after(sort, cursor)] },
      orderBy: orderBy(sort),
      take,
    });
    const views = rows.map((row) => viewOf(ctx.hosts, row));
    items.push(...views.filter((view) => state === undefined || state.includes(view.state)));
    const last = views.at(-1);
    if (last === undefined || rows.length < take) break;
    cursor = cursorOf(sort, last);
  }
  const page = items.slice(0, limit);
  const last = items.length > limit ? page.at(-1) : undefined;
  return { items: page, next: last === undefined ? null : cursorOf(sort, last) };
}

function orderBy(sort: PageVms["sort"]): Prisma.VmOrderByWithRelationInput[] {
  const direction = sort.startsWith("-") ? "desc" : "asc";
  const byTime = sort.endsWith("createdAt");
  return [byTime ? { createdAt: direction } : { name: direction }, { id: direction }];
}

function after(sort: PageVms["sort"], cursor: string): Prisma.VmWhereInput {
  const way = sort.startsWith("-") ? "lt" : "gt";
  if (sort.endsWith("createdAt")) {
    const { id, key } = readTimeKeyset(cursor);
    return { OR: [{ createdAt: { [way]: key } }, { createdAt: key, id: { [way]: id } }] };
  }
  const { id, key } = readKeyset(cursor);
  return { OR: [{ name: { [way]: key } }, { name: key, id: { [way]: id } }] };
}

function cursorOf(sort: PageVms["sort"], { id, name, createdAt }: VmView): string {
  return keysetCursor({ id, key: sort.endsWith("createdAt") ? createdAt : name });
}
