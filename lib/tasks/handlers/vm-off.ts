import type { Host } from "@/lib/hypervisor/types";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { isAppError } from "@/lib/model/errors";

/** Forces a VM off; one that is off already, or gone, is fine. */
export async function ensureOff(host: Host, uuid: string): Promise<void> {
  try {
    await forceOffVm(host, uuid);
  } catch (error) {
    if (isAppError(error, "vm.bad_state") || isAppError(error, "not_found")) return;
    throw error;
  }
}
