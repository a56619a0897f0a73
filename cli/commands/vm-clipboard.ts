import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

export const vmClipboard: Command = {
  path: ["vm", "clipboard"],
  summary: "share a VM's clipboard with its consoles, from its next start on",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    ...diffOption,
    disable: { type: "boolean", summary: "no longer share it" },
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    const clipboard = ctx.options.disable !== true;
    const after = await client.call("setVmClipboard", { vmId, clipboard });
    const how = after.clipboard?.next ? "shares its clipboard" : "does not share its clipboard";
    const since = after.clipboard?.now === after.clipboard?.next ? "" : ", from its next start on";
    ctx.print.result(`${name} ${how}${since}.`, after);
  },
};
