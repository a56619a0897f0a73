import { openShare } from "@/lib/console/visit";
import type { ConsoleShareView } from "@/lib/model/console-share";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";
import { toShareView } from "./share-view";

/** The links to the VM's screen that hold, newest first. */
export async function listConsoleShares(
  ctx: Context,
  { vmId }: { vmId: string },
): Promise<ConsoleShareView[]> {
  const vm = await findVm(ctx, vmId, "vm.console");
  const rows = await ctx.db.consoleShare.findMany({
    where: { vmId: vm.id, projectId: vm.projectId, ...openShare(ctx.clock()) },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toShareView);
}
