import { notFound } from "@/lib/model/errors";
import { askedByResize, assertQuota, type ReportedSizes, type SizeRow } from "@/lib/model/quota";
import type { VmSizes } from "@/lib/model/vm";
import type { Context } from "../context";
import { countQuota } from "../quota/count-quota";

/**
 * Counts and writes in one transaction, so that two resizes cannot both take the last room.
 * Returns what puts the row back as it was, for a resize that fails. Throws `quota.exceeded`.
 */
export async function reserveSizes(
  ctx: Context,
  vm: { id: string; projectId: string },
  reported: ReportedSizes,
  next: VmSizes,
): Promise<() => Promise<void>> {
  const asked = sizesOf(next);
  const before = await ctx.db.$transaction(
    async (tx) => {
      const row = await tx.vm.findFirst({ where: { id: vm.id, projectId: vm.projectId } });
      if (row === null) throw notFound(`vm ${vm.id}`);
      const quota = await countQuota(tx, ctx.hosts, vm.projectId);
      assertQuota(quota, askedByResize(row, reported, next));
      await tx.vm.update({ where: { id: vm.id }, data: asked });
      return sizesOf(row);
    },
    { isolationLevel: "Serializable" },
  );
  return async () => {
    // Only while nobody else has asked for something in the meantime.
    await ctx.db.vm.updateMany({ where: { id: vm.id, ...asked }, data: before });
  };
}

function sizesOf({ vcpus, memoryKib, maxMemoryKib }: SizeRow): SizeRow {
  return { vcpus, memoryKib, maxMemoryKib };
}
