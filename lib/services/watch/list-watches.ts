import type { WatchView } from "@/lib/model/watch/watch";
import { assertInside } from "@/lib/policies/is-outside";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";
import { toWatchView } from "./to-watch-view";

/** The watches of a VM's screen, those that have ended too, newest first; for members of its project. */
export async function listWatches(ctx: Context, input: { vmId: string }): Promise<WatchView[]> {
  const { id: vmId, projectId } = await findVm(ctx, input.vmId, "vm.screen");
  assertInside(ctx.actor, projectId, "vm.screen");
  const rows = await ctx.db.screenWatch.findMany({
    where: { vmId },
    include: { vm: { select: { name: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toWatchView);
}
