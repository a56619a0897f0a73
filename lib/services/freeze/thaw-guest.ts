import { thawFilesystems } from "@/lib/hypervisor/guest/thaw-filesystems";
import type { FreezeView } from "@/lib/model/guest/freeze";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";
import { requireAgent } from "../vm/require-agent";

/**
 * Lets a running guest's file systems go on, whoever froze them. Throws `vm.bad_state` when the
 * guest is off, has no agent, or it does not answer, and `host.refused` with the agent's words.
 */
export async function thawGuest(ctx: Context, input: { vmId: string }): Promise<FreezeView> {
  const row = await findVm(ctx, input.vmId, "vm.guest");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const entry = {
    action: "vm.guest_thaw",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
  } as const;
  return audited(ctx, entry, async () => {
    requireAgent(live);
    await thawFilesystems(host, row.uuid);
    await ctx.db.guestFreeze.deleteMany({ where: { vmId: row.id } });
    return { vmId: row.id, until: null };
  });
}
