import { planResize as planOf, type ResizeAsked, type ResizePlan } from "@/lib/model/resize-plan";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";

/**
 * What a resize would do now, by the same plan that `resizeVm` carries out; nothing is changed.
 * Throws `vm.bad_state` while the VM is being made or deleted, `host.unreachable`.
 */
export async function planResize(
  ctx: Context,
  input: ResizeAsked & { vmId: string },
): Promise<ResizePlan> {
  const row = await findVm(ctx, input.vmId, "vm.read");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  return planOf(live, input, host.view());
}
