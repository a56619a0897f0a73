import type { Vm } from "@/lib/db/generated/client";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../../context";
import { findProject } from "../../project/require-project";
import { findSeenVm } from "../find-vm";

type Project = Awaited<ReturnType<typeof findProject>>;

/**
 * The VM and the project that it is to go to, when the actor may give it away where it is and take
 * it there. Throws `not_found` for what he does not see, before `auth.forbidden`.
 */
export async function findBoth<Id extends string | null>(
  ctx: Context,
  vmId: string,
  toProjectId: Id,
): Promise<{ row: Vm; to: Id extends string ? Project : Project | null }> {
  const row = await findSeenVm(ctx, vmId);
  const to = toProjectId === null ? null : await findProject(ctx, toProjectId);
  assertCan(ctx.actor, "vm.transfer", row.projectId);
  if (to !== null) assertCan(ctx.actor, "vm.transfer", to.id);
  return { row, to: to as Id extends string ? Project : Project | null };
}
