import { setNicLink as setOnHost } from "@/lib/hypervisor/vm/set-nic-link";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { changeNic } from "./change-nic";

/**
 * Plugs a network card's cable in or out, now and for the next boot. Throws `not_found` when the
 * VM has no card of that MAC, `vm.bad_state` while it is being made or deleted, and `host.*` errors.
 */
export async function setNicLink(
  ctx: Context,
  { vmId, mac, up }: { vmId: string; mac: string; up: boolean },
): Promise<VmDetail> {
  return changeNic(ctx, vmId, {
    action: up ? "vm.link_up" : "vm.link_down",
    detail: { mac },
    work: (host, { uuid }) => setOnHost(host, uuid, { mac, up }),
  });
}
