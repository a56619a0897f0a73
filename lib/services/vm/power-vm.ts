import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { rebootVm } from "@/lib/hypervisor/vm/reboot-vm";
import { resetVm } from "@/lib/hypervisor/vm/reset-vm";
import { resumeVm } from "@/lib/hypervisor/vm/resume-vm";
import { shutdownVm } from "@/lib/hypervisor/vm/shutdown-vm";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { suspendVm } from "@/lib/hypervisor/vm/suspend-vm";
import { AppError } from "@/lib/model/errors";
import type { VmView } from "@/lib/model/vm";
import { canDo, helpfulVerb, type PowerVerb } from "@/lib/model/vm-state";
import { audited } from "../audited";
import type { Context } from "../context";
import { assertStartable } from "./assert-startable";
import { findVm, requireLive } from "./find-vm";
import { endedByLease, toVmView } from "./to-vm-view";

const doers: Record<PowerVerb, (host: Host, uuid: string) => Promise<LiveVm>> = {
  start: startVm,
  shutdown: shutdownVm,
  reboot: rebootVm,
  reset: resetVm,
  force_off: forceOffVm,
  suspend: suspendVm,
  resume: resumeVm,
};

/**
 * Does a power verb and returns the VM as libvirt has it afterwards. Throws `vm.bad_state`, with
 * the verb that would help, when the state does not allow it or the lease has ended, and `host.*`
 * errors.
 */
export async function powerVm(
  ctx: Context,
  input: { vmId: string; verb: PowerVerb },
): Promise<VmView> {
  const row = await findVm(ctx, input.vmId, "vm.power");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  if (!canDo(input.verb, live.state)) {
    const helps = helpfulVerb(live.state);
    throw new AppError({
      code: "vm.bad_state",
      message: `${input.verb} is refused in state ${live.state}`,
      userMessage: { key: helps ? `vm.first_${helps}` : "vm.bad_state" },
      details: { state: live.state, verb: input.verb, helps },
    });
  }
  if (endedByLease(row, input.verb)) {
    throw new AppError({
      code: "vm.bad_state",
      message: `${input.verb} is refused: the lease of ${row.id} has ended`,
      userMessage: { key: "lease.ended" },
    });
  }
  if (input.verb === "start") await assertStartable(ctx.db, row);
  const after = await audited(
    ctx,
    {
      action: `vm.${input.verb}`,
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
    },
    () => doers[input.verb](host, row.uuid),
  );
  return toVmView(row, after, host);
}
