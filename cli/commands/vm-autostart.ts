import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";

export const vmAutostart: Command = {
  path: ["vm", "autostart"],
  summary: "have VMs start with their host",
  args: [{ name: "NAME", rest: true, completes: "vm" }],
  options: { disable: { type: "boolean", summary: "have them stay off instead" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const autostart = ctx.options.disable !== true;
    for (const name of ctx.rest) {
      const { id: vmId } = await findVm(client, name);
      const after = await client.call("setVmAutostart", { vmId, autostart });
      const how = after.autostart ? "starts with its host" : "does not start with its host";
      ctx.print.result(`${after.name} ${how}.`, after);
    }
  },
};
