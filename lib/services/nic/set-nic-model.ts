import { setNicModel as setOnHost } from "@/lib/hypervisor/vm/set-nic-model";
import type { NicModel } from "@/lib/model/nic";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { changeNic } from "./change-nic";

/**
 * Makes a network card another model from the next boot on; no running guest can be given one for
 * another in the same place. Throws `not_found` when the VM has no card of that MAC, `vm.bad_state`
 * while it is being made or deleted, and `host.*` errors.
 */
export async function setNicModel(
  ctx: Context,
  { vmId, mac, model }: { vmId: string; mac: string; model: NicModel },
): Promise<VmDetail> {
  return changeNic(ctx, vmId, {
    action: "vm.set_nic_model",
    detail: { mac, model },
    work: (host, { uuid }) => setOnHost(host, uuid, { mac, model }),
  });
}
