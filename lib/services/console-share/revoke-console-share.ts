import type { z } from "zod";
import { consoleCloses } from "@/lib/console/closes";
import { consoleSessions } from "@/lib/console/sessions";
import { openShare } from "@/lib/console/visit";
import type { revokeConsoleShareSchema } from "@/lib/model/console-share";
import { notFound } from "@/lib/model/errors";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { findSeenVm, findVm } from "../vm/find-vm";

/**
 * Takes a link back, whoever of the project made it: nobody comes by it any more, and who watches
 * by it is cut at once. Throws `not_found` for one that does not hold.
 */
export async function revokeConsoleShare(
  ctx: Context,
  { vmId, shareId }: z.output<typeof revokeConsoleShareSchema>,
): Promise<void> {
  const seen = await findSeenVm(ctx, vmId);
  const now = ctx.clock();
  const where = { id: shareId, vmId: seen.id, projectId: seen.projectId, ...openShare(now) };
  const share = await ctx.db.consoleShare.findFirst({ where });
  if (share === null) throw notFound(`console share ${shareId}`);
  const vm = await findVm(ctx, vmId, "vm.console");
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.consoleShare.updateMany({ where, data: { revokedAt: now } });
    if (count === 0) throw notFound(`console share ${shareId}`);
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "vm.revoke_console_share",
        outcome: "ok",
        projectId: vm.projectId,
        targetType: "vm",
        targetId: vm.id,
        targetName: vm.name,
        detail: { shareId, name: share.name },
      },
    );
  });
  consoleSessions().cut({ shareId }, consoleCloses.accessEnded);
}
