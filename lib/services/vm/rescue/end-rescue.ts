import { undoRescue } from "@/lib/hypervisor/vm/undo-rescue";
import { AppError } from "@/lib/model/errors";
import type { ChangedInRescue } from "@/lib/model/rescue";
import type { VmView } from "@/lib/model/vm";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { findVm, refuseSaved, requireLive } from "../find-vm";
import { viewOf } from "../view-of";
import { leaveRescue } from "./way-back";

/**
 * Ends a VM's rescue: from its next start on it has its definition of before; a guest that runs is
 * left alone. Throws `conflict.stale`, nothing done, when somebody has changed the definition since
 * and `changed` does not say what is to become of that, `vm.bad_state` when it is not in rescue or
 * its memory is saved, and `host.*` errors.
 */
export async function endRescue(
  ctx: Context,
  input: { vmId: string; changed: ChangedInRescue },
): Promise<VmView> {
  const { vmId, changed } = input;
  const row = await findVm(ctx, vmId, "vm.rescue");
  const { projectId, uuid, name: targetName } = row;
  const entry = { projectId, targetType: "vm", targetId: vmId, targetName, detail: { changed } };
  await audited(ctx, { action: "vm.end_rescue", ...entry }, async () => {
    const { host, live: known } = requireLive(ctx, row, { evenSaved: true });
    const way = await ctx.db.vmRescue.findUnique({ where: { vmId } });
    if (way === null) {
      throw new AppError({
        code: "vm.bad_state",
        message: `vm ${vmId} is not in rescue`,
        userMessage: { key: "rescue.is_off" },
      });
    }
    refuseSaved((await host.inventory.refresh(uuid)) ?? known);
    await undoRescue(host, uuid, way, changed);
    await leaveRescue(ctx, vmId);
  });
  publish({ type: "vm", projectId, vmId });
  return viewOf(ctx.hosts, await findVm(ctx, vmId, "vm.rescue"));
}
