import { newMac } from "@/lib/hypervisor/new-mac";
import { addNic as addOnHost } from "@/lib/hypervisor/vm/add-nic";
import { AppError } from "@/lib/model/errors";
import type { NicModel } from "@/lib/model/nic";
import { planAddNic } from "@/lib/model/nic-plan";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { assertNetwork } from "../network/assert-network";
import { changeNic } from "./change-nic";
import { nicsOf } from "./nics-of";

/**
 * Gives a VM one more network card, by the plan that the page showed. Throws what that plan refuses
 * (`conflict.rule`, `vm.bad_state`), `input.invalid` for a network that is not active, and `host.*`.
 */
export async function addNic(
  ctx: Context,
  { vmId, network, model }: { vmId: string; network: string; model: NicModel },
): Promise<VmDetail> {
  // Its address is chosen late, by what the host has then.
  const detail: { network: string; model: string; mac?: string } = { network, model };
  return changeNic(ctx, vmId, {
    action: "vm.add_nic",
    detail,
    async work(host, live) {
      assertNetwork(host, network);
      const plan = planAddNic({ ...live, nics: nicsOf(host, live) }, model);
      if (plan.problem !== null) {
        throw new AppError({
          code: plan.problem.key === "nic.not_now" ? "vm.bad_state" : "conflict.rule",
          message: `no network card for ${live.domainName}: ${plan.problem.key}`,
          userMessage: plan.problem,
        });
      }
      const mac = newMac(host);
      detail.mac = mac;
      await addOnHost(host, live.uuid, { mac, network, model, live: plan.live });
    },
  });
}
