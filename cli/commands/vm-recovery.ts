import { panicPolicies, watchdogActions } from "@/lib/model/recovery";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

export const vmRecovery: Command = {
  path: ["vm", "recovery"],
  summary: "what happens, from its next start on, when a VM's guest panics or hangs",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    ...diffOption,
    panic: { type: "string", choices: panicPolicies, summary: "when its system panics" },
    watchdog: {
      type: "string",
      choices: watchdogActions,
      summary: "when it no longer feeds its watchdog",
    },
  },
  async run(ctx) {
    const { panic, watchdog } = ctx.options;
    if (panic === undefined && watchdog === undefined) {
      throw usageError("Say --panic, --watchdog or both.");
    }
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    const { recovery: before } = await client.call("getVm", { vmId });
    const after = await client.call("setVmRecovery", {
      vmId,
      onPanic: oneOf(panicPolicies, panic ?? before?.next.onPanic, "--panic"),
      watchdog: oneOf(watchdogActions, watchdog ?? before?.next.watchdog, "--watchdog"),
    });
    const next = after.recovery?.next;
    ctx.print.result(`${name}: panic ${next?.onPanic}, watchdog ${next?.watchdog}`, after);
  },
};

/** What only virsh makes cannot be asked for again. */
function oneOf<W extends string>(words: readonly W[], given: unknown, option: string): W {
  const found = words.find((each) => each === given);
  if (found === undefined) throw usageError(`Say ${option} as well: ${words.join(", ")}.`);
  return found;
}
