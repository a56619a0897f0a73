import type { OperationResult } from "@/lib/api/spec/operations";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { countOf } from "../sizes";

type Placed = OperationResult<"getVmStartOrder">["order"][number];

const columns: readonly Column<Placed>[] = [
  { title: "NUMBER", of: (each) => each.position, align: "right" },
  { title: "NAME", of: (each) => each.name },
  { title: "THEN WAITS", of: (each) => `${each.delaySeconds} s` },
  { title: "STATE", of: (each) => (each.waiting ? "waiting for its turn" : "") },
];

export const vmOrder: Command = {
  path: ["vm", "order"],
  summary: "show or set a VM's place among those that start after their host has booted",
  args: [
    { name: "NAME", completes: "vm" },
    { name: "NUMBER", optional: true },
  ],
  options: {
    delay: { type: "string", value: "SECONDS", summary: "how long the next one waits" },
    remove: { type: "boolean", summary: "take it out of the order" },
  },
  async run(ctx) {
    const { args, options } = ctx;
    const number = args.NUMBER === undefined ? null : countOf(args.NUMBER, "number");
    const delaySeconds = countOf(String(options.delay ?? "0"), "delay");
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, args.NAME ?? "");
    const place = number === null ? null : { position: number, delaySeconds };
    const shown =
      place === null && options.remove !== true
        ? await client.call("getVmStartOrder", { vmId })
        : await client.call("setVmStartOrder", { vmId, place });
    if (ctx.print.json) ctx.print.object(shown);
    else ctx.print.table(shown.order, columns, "No VM is in the start order.");
  },
};
