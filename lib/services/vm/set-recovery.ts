import { setRecovery as setOnHost } from "@/lib/hypervisor/vm/set-recovery";
import type { Recovery } from "@/lib/model/recovery";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/**
 * Sets what happens when a VM's guest panics or hangs; a running one has it from its next start
 * on. Throws `vm.bad_state` while it is being made or deleted or its memory is saved, and `host.*`
 * errors.
 */
export async function setRecovery(
  ctx: Context,
  input: Recovery & { vmId: string },
): Promise<VmDetail> {
  const { vmId, onPanic, watchdog } = input;
  const row = await findVm(ctx, vmId, "vm.recovery");
  const { host } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: "vm.set_recovery",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      detail: { onPanic, watchdog },
    },
    () => setOnHost(host, row.uuid, { onPanic, watchdog }),
  );
  publish({ type: "vm", projectId: row.projectId, vmId });
  return detailOf(ctx, row);
}
