import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";

function lockCommand(verb: "lock" | "unlock", summary: string): Command {
  const locked = verb === "lock";
  return {
    path: ["vm", verb],
    summary,
    args: [{ name: "NAME", rest: true, completes: "vm" }],
    async run(ctx) {
      const client = await clientOf(ctx);
      for (const name of ctx.rest) {
        const { id: vmId } = await findVm(client, name);
        const after = await client.call("updateVm", { vmId, locked });
        ctx.print.result(`${after.name} is ${after.locked ? "locked" : "not locked"}.`, after);
      }
    },
  };
}

export const vmLockCommands: readonly Command[] = [
  lockCommand("lock", "hold VMs against deletion, by hand and by the end of a lease"),
  lockCommand("unlock", "let VMs be deleted again"),
];
