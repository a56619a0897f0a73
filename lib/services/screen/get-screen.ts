import { readScreen } from "@/lib/hypervisor/screen/read-screen";
import { AppError } from "@/lib/model/errors";
import { assertInside } from "@/lib/policies/is-outside";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";
import { type Picture, pictures } from "./pictures";

/**
 * A small picture of what the VM's screen shows, for whoever may open its console. Not
 * for an administrator from outside, who watches by a console, where everyone sees that he does.
 * Throws `vm.bad_state` when the guest is off, and what `readScreen` throws.
 */
export async function getScreen(ctx: Context, input: { vmId: string }): Promise<Picture> {
  const row = await findVm(ctx, input.vmId, "vm.screen");
  assertInside(ctx.actor, row.projectId, "vm.screen");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  if (live.bootId === null) {
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${row.id} is ${live.state}: no screen`,
      userMessage: { key: "vm.no_console" },
    });
  }
  return pictures().take(`${row.id}/${live.bootId}`, () => readScreen(host, row.uuid));
}
