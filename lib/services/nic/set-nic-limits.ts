import { setNicLimits as setOnHost } from "@/lib/hypervisor/vm/set-nic-limits";
import { AppError } from "@/lib/model/errors";
import type { NicLimits } from "@/lib/model/nic";
import { limitText } from "@/lib/model/nic-commands";
import { limitNicProblem } from "@/lib/model/nic-plan";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { changeNic } from "./change-nic";
import { nicsOf } from "./nics-of";

/**
 * Holds a network card's traffic to limits, now and for the next boot; an administrator's, since a
 * limit that a project can lift holds nobody. Throws `not_found` when the VM has no card of that
 * MAC, `conflict.rule` for one that has no limits, `host.refused` where the host cannot do it, and
 * other `host.*` errors; then nothing is changed.
 */
export async function setNicLimits(
  ctx: Context,
  { vmId, mac, ...limits }: { vmId: string; mac: string } & NicLimits,
): Promise<VmDetail> {
  return changeNic(ctx, vmId, {
    permission: "vm.set_nic_limits",
    action: "vm.set_nic_limits",
    detail: { mac, inbound: limitText(limits.inbound), outbound: limitText(limits.outbound) },
    async work(host, live) {
      const nic = nicsOf(host, live).find((each) => each.mac === mac.toLowerCase());
      const problem = nic ? limitNicProblem(nic) : null;
      if (problem !== null) {
        throw new AppError({
          code: "conflict.rule",
          message: `${live.domainName} has no limits for ${mac}: ${problem.key}`,
          userMessage: problem,
        });
      }
      await setOnHost(host, live.uuid, { mac, limits });
    },
  });
}
