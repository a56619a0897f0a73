import { moveNic as moveOnHost } from "@/lib/hypervisor/vm/move-nic";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { assertNetwork } from "../network/assert-network";
import { changeNic } from "./change-nic";

/**
 * Puts a network card into another network, now and for the next boot. Throws `input.invalid` for a
 * network that is not active, `not_found` when the VM has no card of that MAC, `vm.bad_state` while
 * it is being made or deleted, and `host.*` errors.
 */
export async function moveNic(
  ctx: Context,
  { vmId, mac, network }: { vmId: string; mac: string; network: string },
): Promise<VmDetail> {
  return changeNic(ctx, vmId, {
    action: "vm.move_nic",
    detail: { mac, network },
    async work(host, { uuid }) {
      assertNetwork(host, network);
      await moveOnHost(host, uuid, { mac, network });
    },
  });
}
