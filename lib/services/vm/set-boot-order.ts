import { setBootOrder as setOnHost } from "@/lib/hypervisor/vm/set-boot-order";
import { AppError } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/**
 * What the VM tries to start from, first to last, at its next start: places of drives and MACs of
 * network cards; what is not named is not tried. Throws `input.invalid` for one that it does not
 * have, `vm.bad_state` while it is being made or deleted, and `host.*` errors.
 */
export async function setBootOrder(
  ctx: Context,
  input: { vmId: string; order: string[] },
): Promise<VmDetail> {
  const row = await findVm(ctx, input.vmId, "vm.boot");
  const order = input.order.map((id) => id.toLowerCase());
  const { host, live: known } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: "vm.set_boot_order",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { order: order.join(", ") },
    },
    async () => {
      const { boot } = (await host.inventory.refresh(row.uuid)) ?? known;
      const missing = order.find((id) => boot.every((device) => device.id !== id));
      if (missing !== undefined) {
        throw new AppError({
          code: "input.invalid",
          message: `${row.domainName} has no ${missing}`,
          fields: { order: { key: "field.boot_device", values: { device: missing } } },
        });
      }
      await setOnHost(host, row.uuid, order);
    },
  );
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, row);
}
