import { freezeFilesystems } from "@/lib/hypervisor/guest/freeze-filesystems";
import { thawFilesystems } from "@/lib/hypervisor/guest/thaw-filesystems";
import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import type { FreezeView } from "@/lib/model/guest/freeze";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";
import { requireAgent } from "../vm/require-agent";

/**
 * Brings file systems of a running guest to rest by its agent, for so many seconds at most. The
 * end is written down before the guest is asked, so that it comes whatever happens to the portal.
 * Throws `conflict.rule` while they are frozen already, `vm.bad_state` when the guest is off, has
 * no agent, it does not answer or has nothing to freeze, and `host.refused` with the agent's words;
 * nothing stays frozen then.
 */
export async function freezeGuest(
  ctx: Context,
  input: { vmId: string; seconds: number; mountpoints?: string[] | undefined },
): Promise<FreezeView> {
  const { seconds, mountpoints = [] } = input;
  const row = await findVm(ctx, input.vmId, "vm.guest");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const entry = {
    action: "vm.guest_freeze",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
    detail: { seconds, mountpoints: mountpoints.join(" ") || "all" },
  } as const;
  return audited(ctx, entry, async () => {
    requireAgent(live);
    const until = new Date(ctx.clock().getTime() + seconds * 1000);
    await take(ctx, { vmId: row.id, bootId: live.bootId ?? "", until });
    try {
      const frozen = await freezeFilesystems(host, row.uuid, mountpoints);
      if (frozen === 0) throw nothingFrozen(row.id);
    } catch (error) {
      await undo(ctx, row, host);
      throw error;
    }
    return { vmId: row.id, until: until.toISOString() };
  });
}

async function take(
  ctx: Context,
  freeze: { vmId: string; bootId: string; until: Date },
): Promise<void> {
  const { vmId, bootId } = freeze;
  await ctx.db.guestFreeze.deleteMany({ where: { vmId, bootId: { not: bootId } } });
  // A backup holds them for a moment, and would let go of what a person has asked for.
  if ((await ctx.db.backup.count({ where: { vmId, holding: true } })) > 0) throw isFrozen(vmId);
  try {
    await ctx.db.guestFreeze.create({ data: freeze });
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "P2002") throw cause;
    throw isFrozen(vmId, cause);
  }
}

function isFrozen(vmId: string, cause?: unknown): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `${vmId} is frozen already`,
    userMessage: { key: "guest.is_frozen" },
    cause,
  });
}

/** A system in memory, or on file systems of a kind that cannot be frozen. */
function nothingFrozen(vmId: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `the agent of ${vmId} has frozen no file system`,
    userMessage: { key: "guest.nothing_frozen" },
  });
}

/** Some may be frozen, when the agent did not answer in time: then the sweep goes on trying. */
async function undo(ctx: Context, vm: { id: string; uuid: string }, host: Host): Promise<void> {
  try {
    await thawFilesystems(host, vm.uuid);
    await ctx.db.guestFreeze.deleteMany({ where: { vmId: vm.id } });
  } catch {
    await ctx.db.guestFreeze.updateMany({ where: { vmId: vm.id }, data: { until: ctx.clock() } });
  }
}
