import { removeNic as removeOnHost } from "@/lib/hypervisor/vm/remove-nic";
import { AppError } from "@/lib/model/errors";
import { removeNicProblem } from "@/lib/model/nic-plan";
import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { changeNic } from "./change-nic";
import { nicsOf } from "./nics-of";

/**
 * Takes a network card out of a VM, now and for the next boot. Throws `not_found` when the VM has
 * no card of that MAC, `vm.bad_state` while it is suspended, `host.timeout` when the guest does not
 * let the card go (then it keeps it), and other `host.*` errors.
 */
export async function removeNic(
  ctx: Context,
  { vmId, mac }: { vmId: string; mac: string },
): Promise<VmDetail> {
  return changeNic(ctx, vmId, {
    action: "vm.remove_nic",
    detail: { mac },
    async work(host, live) {
      const nic = nicsOf(host, live).find((each) => each.mac === mac.toLowerCase());
      const problem = nic ? removeNicProblem(live, nic) : null;
      if (problem !== null) {
        throw new AppError({
          code: "vm.bad_state",
          message: `${live.domainName} cannot let ${mac} go: ${problem.key}`,
          userMessage: problem,
        });
      }
      await removeOnHost(host, live.uuid, mac);
    },
  });
}
