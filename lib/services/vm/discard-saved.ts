import { discardSaved as discardOnHost } from "@/lib/hypervisor/vm/discard-saved";
import { AppError } from "@/lib/model/errors";
import type { VmView } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";
import { toVmView } from "./to-vm-view";

/**
 * Throws away a VM's saved memory: its next start boots, as after a power cut. Throws
 * `vm.bad_state` when none is saved, and `host.*` errors.
 */
export async function discardSaved(ctx: Context, input: { vmId: string }): Promise<VmView> {
  const row = await findVm(ctx, input.vmId, "vm.power");
  const { host, live: known } = requireLive(ctx, row, { evenSaved: true });
  const live = (await host.inventory.refresh(row.uuid)) ?? known;
  if (live.state !== "saved") {
    throw new AppError({
      code: "vm.bad_state",
      message: `nothing is saved in state ${live.state}`,
      userMessage: { key: "vm.not_saved" },
      details: { state: live.state },
    });
  }
  const after = await audited(
    ctx,
    {
      action: "vm.discard_saved",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
    },
    () => discardOnHost(host, row.uuid),
  );
  return toVmView(row, after, host);
}
