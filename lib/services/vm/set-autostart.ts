import { setAutostart as setOnHost } from "@/lib/hypervisor/vm/set-autostart";
import { AppError } from "@/lib/model/errors";
import type { VmView } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, refuseTemplate, requireLive } from "./find-vm";
import { toVmView } from "./to-vm-view";

/**
 * Has libvirt start the VM with its host, or not; then it is in no start order. Throws `vm.bad_state` while it is being made or deleted
 * or when its lease has ended, and `host.*` errors.
 */
export async function setAutostart(
  ctx: Context,
  input: { vmId: string; autostart: boolean },
): Promise<VmView> {
  const { vmId, autostart } = input;
  const row = await findVm(ctx, vmId, "vm.autostart");
  const { host } = requireLive(ctx, row, { evenSaved: true });
  if (autostart) refuseTemplate(row);
  if (autostart && row.leaseStoppedAt !== null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `autostart is refused: the lease of ${vmId} has ended`,
      userMessage: { key: "lease.ended" },
    });
  }
  const after = await audited(
    ctx,
    {
      action: autostart ? "vm.enable_autostart" : "vm.disable_autostart",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
    },
    async () => {
      const live = await setOnHost(host, row.uuid, autostart);
      // Two cannot start it: libvirt does now.
      if (autostart) await ctx.db.startOrder.deleteMany({ where: { vmId } });
      return live;
    },
  );
  return toVmView(row, after, host);
}
