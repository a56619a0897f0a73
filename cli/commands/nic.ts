import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";

export const nicLink: Command = {
  path: ["nic", "link"],
  summary: "plug a VM's network cable in or out, now and for the next start",
  args: [{ name: "NAME", completes: "vm" }, { name: "STATE" }],
  options: { mac: { type: "string", value: "MAC", summary: "which card, where it has several" } },
  async run(ctx) {
    const { NAME = "", STATE } = ctx.args;
    if (STATE !== "up" && STATE !== "down") throw usageError("STATE is one of up, down");
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, NAME);
    const { nics } = await client.call("getVm", { vmId });
    const [first, second] = nics;
    const mac = typeof ctx.options.mac === "string" ? ctx.options.mac : first?.mac;
    if (mac === undefined) throw usageError(`${NAME} has no network card.`);
    if (second !== undefined && ctx.options.mac === undefined) {
      throw usageError(`Say which by --mac: ${nics.map((nic) => nic.mac).join(", ")}`);
    }
    const after = await client.call("setVmNicLink", { vmId, mac, up: STATE === "up" });
    ctx.print.result(`${after.name}: the link of ${mac} is ${STATE}.`, after);
  },
};
