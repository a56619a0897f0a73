import { setNicLink as setOnHost } from "@/lib/hypervisor/vm/set-nic-link";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/**
 * Plugs a network card's cable in or out, now and for the next boot. Throws `not_found` when the
 * VM has no card of that MAC, `vm.bad_state` while it is being made or deleted, and `host.*` errors.
 */
export async function setNicLink(
  ctx: Context,
  input: { vmId: string; mac: string; up: boolean },
): Promise<VmDetail> {
  const { mac, up } = input;
  const row = await findVm(ctx, input.vmId, "vm.nic");
  const { host } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: up ? "vm.link_up" : "vm.link_down",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { mac },
    },
    () => setOnHost(host, row.uuid, { mac, up }),
  );
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, row);
}
