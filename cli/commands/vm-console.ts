import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findProject } from "../find-project";
import { findVm } from "../find-vm";
import { joinSerial } from "../join-serial";
import { serveConsole } from "../serve-console";
import { countOf } from "../sizes";

export const vmConsole: Command = {
  path: ["vm", "console"],
  summary: "say where a VM's screen is, bring it to a VNC viewer, or join its serial port",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    listen: {
      type: "string",
      value: "PORT",
      summary: "listen on 127.0.0.1:PORT (0: any) for a VNC viewer, until Ctrl-C",
    },
    serial: { type: "boolean", summary: "join this terminal to its serial port, until Ctrl-]" },
    force: { type: "boolean", summary: "end the reading of whoever has the serial port" },
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.NAME ?? "");
    if (options.serial === true) {
      return joinSerial(client, vm.id, { takeOver: options.force === true, io });
    }
    if (typeof options.listen === "string") {
      const port = countOf(options.listen, "listen");
      return serveConsole(client, vm.id, port, print, io.signal);
    }
    const { slug } = await findProject(client);
    const url = `${client.profile.url}/p/${slug}/vms/${vm.id}/console`;
    print.result(url, { url });
  },
};
