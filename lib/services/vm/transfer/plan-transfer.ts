import type { TransferPlan } from "@/lib/model/transfer";
import { can } from "@/lib/policies/can";
import type { Context } from "../../context";
import { listProjects } from "../../project/list-projects";
import { countQuota } from "../../quota/count-quota";
import { askedByTransfer } from "./asked-by-transfer";
import { findBoth } from "./find-both";
import { readMoving } from "./read-moving";

/**
 * What would go along with a VM into another project and what it would take there, for the dialog
 * that asks. Nothing is changed. Throws what speaks against any transfer, see `readMoving`, and
 * `not_found` for a project that the actor does not see; that its quota is too small is told by
 * the figures.
 */
export async function planTransfer(
  ctx: Context,
  input: { vmId: string; toProjectId: string | null },
): Promise<TransferPlan> {
  const { row, to } = await findBoth(ctx, input.vmId, input.toProjectId);
  const { live } = await readMoving(ctx, row);
  const projects = await listProjects(ctx);
  const targets = projects.filter(
    ({ id }) => id !== row.projectId && can(ctx.actor, "vm.transfer", id),
  );
  const terms = await ctx.db.project.findUnique({
    where: { id: to?.id ?? "" },
    select: { leaseDays: true },
  });
  return {
    targets: targets.map(({ id, slug, name }) => ({ id, slug, name })),
    disks: await ctx.db.disk.count({ where: { vmId: row.id } }),
    snapshots: live.snapshots.length,
    backups: await ctx.db.backup.count({ where: { vmId: row.id, projectId: row.projectId } }),
    networks: [...new Set(live.nextNics.flatMap((nic) => nic.network ?? []))].sort(),
    hasLease: row.leaseEndsAt !== null,
    asked: await askedByTransfer(ctx.db, row, live),
    quota: to && (await countQuota(ctx.db, ctx.hosts, to.id)),
    leaseDays: terms?.leaseDays ?? null,
  };
}
