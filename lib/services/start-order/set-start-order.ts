import { setAutostart } from "@/lib/hypervisor/vm/set-autostart";
import { AppError } from "@/lib/model/errors";
import type { StartOrderView, StartPlace } from "@/lib/model/start-order";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, refuseTemplate, requireLive } from "../vm/find-vm";
import { startOrderOf } from "./get-start-order";

/**
 * Puts a VM into the order in which the portal starts its project's VMs after their host has
 * booted, or takes it out. libvirt's own autostart goes off with it, since two cannot do it. Throws
 * `vm.bad_state` while it is being made or deleted, when its lease has ended and for a template, and
 * `host.*` errors.
 */
export async function setStartOrder(
  ctx: Context,
  input: { vmId: string; place: StartPlace | null },
): Promise<StartOrderView> {
  const { vmId, place } = input;
  const row = await findVm(ctx, vmId, "vm.autostart");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  if (place !== null) refuseTemplate(row);
  if (place !== null && row.leaseStoppedAt !== null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `a start order is refused: the lease of ${vmId} has ended`,
      userMessage: { key: "lease.ended" },
    });
  }
  await audited(
    ctx,
    {
      action: "vm.set_start_order",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      detail: { position: place?.position ?? null, delaySeconds: place?.delaySeconds ?? null },
    },
    async () => {
      if (place === null) {
        await ctx.db.startOrder.deleteMany({ where: { vmId } });
        return;
      }
      if (live.autostart) await setAutostart(host, row.uuid, false);
      await ctx.db.startOrder.upsert({
        where: { vmId },
        create: { vmId, ...place },
        update: place,
      });
    },
  );
  publish({ type: "vm", projectId: row.projectId, vmId });
  return startOrderOf(ctx, row);
}
