import { setPassword } from "@/lib/hypervisor/guest/set-password";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";
import { requireAgent } from "./require-agent";

/**
 * Sets the password of an account inside a running guest. The password is passed on and kept
 * nowhere. Throws `vm.bad_state` when the guest is off, has no agent, or it does not answer, and
 * `host.refused` with the agent's words, for an account that is not there for instance.
 */
export async function setGuestPassword(
  ctx: Context,
  input: { vmId: string; user: string; password: string },
): Promise<void> {
  const { user, password } = input;
  const row = await findVm(ctx, input.vmId, "vm.guest");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const entry = {
    action: "vm.guest_password",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
    detail: { user },
  } as const;
  await audited(ctx, entry, async () => {
    requireAgent(live);
    await setPassword(host, row.uuid, { user, password });
  });
}
