import type { FreezeView } from "@/lib/model/guest/freeze";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";

/** Until when the guest's file systems are at rest; null when they are not. */
export async function getFreeze(ctx: Context, input: { vmId: string }): Promise<FreezeView> {
  const { id: vmId, hostId, uuid } = await findVm(ctx, input.vmId, "vm.read");
  const row = await ctx.db.guestFreeze.findUnique({ where: { vmId } });
  const bootId = ctx.hosts.get(hostId)?.inventory.get(uuid)?.bootId ?? null;
  // Whoever was started anew since is not frozen.
  const until = row !== null && row.bootId === bootId ? row.until.toISOString() : null;
  return { vmId, until };
}
