import { readGuest } from "@/lib/hypervisor/guest/read-guest";
import type { GuestView } from "@/lib/model/guest/guest";
import { virshLine } from "@/lib/model/virsh-line";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";
import { requireAgent } from "./require-agent";

/**
 * What the agent inside a running guest tells of it. Throws `vm.bad_state` when it is off, or has
 * no agent, or the agent does not answer, and `host.*` errors.
 */
export async function getGuest(ctx: Context, input: { vmId: string }): Promise<GuestView> {
  const row = await findVm(ctx, input.vmId, "vm.read");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  requireAgent(live);
  const commands = [virshLine(["guestinfo", row.domainName])];
  return { vmId: row.id, ...(await readGuest(host, row.uuid)), commands };
}
