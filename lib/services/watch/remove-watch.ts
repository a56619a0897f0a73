import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { audited } from "../audited";
import type { Context } from "../context";
import { findSeenVm } from "../vm/find-vm";

/** Ends a watch and forgets what it has told. Throws `not_found` when there is none. */
export async function removeWatch(
  ctx: Context,
  input: { vmId: string; watchId: string },
): Promise<void> {
  const { id: vmId, projectId, name } = await findSeenVm(ctx, input.vmId);
  const where = { id: input.watchId, vmId };
  const row = await ctx.db.screenWatch.findFirst({ where });
  if (row === null) throw notFound(`watch ${input.watchId}`);
  assertCan(ctx.actor, "vm.console", projectId);
  const entry = {
    action: "vm.unwatch",
    projectId,
    targetType: "vm",
    targetId: vmId,
    targetName: name,
    detail: { watchId: row.id, name: row.name },
  } as const;
  await audited(ctx, entry, () => ctx.db.screenWatch.deleteMany({ where }));
}
