import { clientOf } from "../client-of";
import type { Command } from "../command";
import { downloadArchive } from "../download-archive";
import { findVm } from "../find-vm";

export const vmExport: Command = {
  path: ["vm", "export"],
  summary: "write a VM that is off into an OVA file, disks and all",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    out: { type: "string", value: "FILE", summary: "where to; else NAME.ova in this folder" },
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, args.NAME ?? "");
    const out = typeof options.out === "string" ? options.out : undefined;
    const path = `/api/exports/vms/${vm.id}`;
    const came = await downloadArchive(client, path, out, print, io.signal);
    print.result(`${vm.name} is in ${came.file}.`, came);
  },
};
