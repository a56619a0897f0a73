import { CliError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { everyPage } from "../every-page";
import { exitCodes } from "../exit-codes";
import { findVm } from "../find-vm";
import { waitTask } from "../wait-task";

export const vmTransfer: Command = {
  path: ["vm", "transfer"],
  summary: "give a VM to another project, as an owner of both",
  args: [{ name: "NAME", completes: "vm" }, { name: "PROJECT" }],
  options: { yes: { type: "boolean", summary: "do not ask" } },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, args.NAME ?? "");
    const slug = args.PROJECT ?? "";
    const projects = await everyPage((cursor) =>
      client.call("listProjects", { cursor, limit: 200 }),
    );
    const to = projects.find((each) => each.slug === slug || each.id === slug);
    if (to === undefined) {
      const text = `There is no project "${slug}", or you are not in it.`;
      throw new CliError(text, exitCodes.notFound);
    }
    if (options.yes !== true) {
      await confirm(
        io,
        `${vm.name} goes to ${to.name} with its disks, snapshots and backups, and leaves this project.`,
      );
    }
    const task = await client.call("transferVm", { vmId: vm.id, toProjectId: to.id });
    await waitTask(client, task.id, print, io.signal);
    print.result(
      `${vm.name} is in ${to.name} now: portico vm show ${vm.name} --project ${to.slug}`,
      task,
    );
  },
};
