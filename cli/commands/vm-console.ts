import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findProject } from "../find-project";
import { findVm } from "../find-vm";
import { serveConsole } from "../serve-console";
import { countOf } from "../sizes";

export const vmConsole: Command = {
  path: ["vm", "console"],
  summary: "say where a VM's screen is, or bring it to a VNC viewer of this machine",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    listen: {
      type: "string",
      value: "PORT",
      summary: "listen on 127.0.0.1:PORT (0: any) for a VNC viewer, until Ctrl-C",
    },
  },
  async run(ctx) {
    const { options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, ctx.args.NAME ?? "");
    if (typeof options.listen === "string") {
      const port = countOf(options.listen, "listen");
      return serveConsole(client, vm.id, port, print, io.signal);
    }
    const { slug } = await findProject(client);
    const url = `${client.profile.url}/p/${slug}/vms/${vm.id}/console`;
    print.result(url, { url });
  },
};
