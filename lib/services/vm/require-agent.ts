import type { LiveVm } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";

/** Throws `vm.bad_state` with the reason when the guest is off or no agent runs in it. */
export function requireAgent(live: LiveVm): void {
  if (live.bootId !== null && live.agentConnected) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `${live.uuid} has no agent now`,
    userMessage: { key: live.bootId === null ? "guest.is_off" : "guest.no_agent" },
  });
}
