import type { Prisma } from "@/lib/db/generated/client";
import type { TaskKind, TaskState, TaskView } from "@/lib/model/task";
import { scopeFor } from "@/lib/policies/scope";
import type { Context } from "../context";
import { keysetCursor, readTimeKeyset } from "../keyset";
import { requireProject } from "../project/require-project";
import { taskInclude, toTaskView } from "./to-task-view";

export interface PageTasks {
  /** Without it, the tasks of all projects that the actor sees. */
  projectId?: string;
  state?: readonly TaskState[];
  kind?: readonly TaskKind[];
  /** The VM or image that they work on. */
  targetId?: string;
  sort: "createdAt" | "-createdAt";
  /** `next` of the page before, in the same order. */
  cursor?: string;
  limit: number;
}

/** Tasks, a page at a time. */
export async function pageTasks(
  ctx: Context,
  input: PageTasks,
): Promise<{ items: TaskView[]; next: string | null }> {
  const { limit, sort, state, kind, targetId, projectId, cursor } = input;
  const tenancy =
    projectId === undefined
      ? scopeFor(ctx.actor, "task.read")
      : { projectId: (await requireProject(ctx, projectId, "task.read")).id };
  const matching: Prisma.TaskWhereInput = {
    ...tenancy,
    ...(state === undefined ? {} : { state: { in: [...state] } }),
    ...(kind === undefined ? {} : { kind: { in: [...kind] } }),
    ...(targetId === undefined ? {} : { targetId }),
  };
  const direction = sort === "createdAt" ? "asc" : "desc";
  const rows = await ctx.db.task.findMany({
    where: { AND: [matching, cursor === undefined ? {} : after(direction, cursor)] },
    orderBy: [{ createdAt: direction }, { id: direction }],
    take: limit + 1,
    include: taskInclude,
  });
  const items = rows.slice(0, limit).map(toTaskView);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const next = last === undefined ? null : keysetCursor({ id: last.id, key: last.createdAt });
  return { items, next };
}

function after(direction: "asc" | "desc", cursor: string): Prisma.TaskWhereInput {
  const way = direction === "asc" ? "gt" : "lt";
  const { id, key } = readTimeKeyset(cursor);
  return { OR: [{ createdAt: { [way]: key } }, { createdAt: key, id: { [way]: id } }] };
}
