import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

export const vmBoot: Command = {
  path: ["vm", "boot"],
  summary: "set what a VM starts from, first to last: drives (vda, sda) and MACs",
  args: [
    { name: "NAME", completes: "vm" },
    { name: "DEVICE", rest: true },
  ],
  options: diffOption,
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("setBootOrder", { vmId, order: ctx.rest });
    const order = ctx.rest.join(", ");
    ctx.print.result(`${after.name} starts from ${order} from its next start on.`, after);
  },
};
