import { changedInRescue } from "@/lib/model/rescue";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findImage } from "../find-image";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

export const vmRescue: Command = {
  path: ["vm", "rescue"],
  summary: "start a VM that is off from an image until the rescue ends",
  args: [
    { name: "NAME", completes: "vm" },
    { name: "IMAGE", completes: "image", optional: true },
  ],
  options: {
    ...diffOption,
    end: { type: "boolean", summary: "from its next start on it is as before" },
    changed: {
      type: "string",
      value: "WHAT",
      summary: "what becomes of a definition that was changed meanwhile",
      choices: changedInRescue,
    },
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const end = options.end === true;
    if (end === (args.IMAGE !== undefined))
      throw usageError("Say an IMAGE to start from, or --end.");
    const client = await clientOf(ctx);
    const vm = await findVm(client, args.NAME ?? "");
    if (end) {
      const changed = changedInRescue.find((each) => each === options.changed);
      const after = await client.call("endVmRescue", { vmId: vm.id, changed });
      return print.result(`${after.name} is as before from its next start on.`, after);
    }
    const image = await findImage(client, vm.projectId, args.IMAGE ?? "");
    const after = await client.call("startVmRescue", { vmId: vm.id, imageId: image.id });
    print.result(
      `${after.name} runs from ${image.name}. Back: portico vm rescue ${after.name} --end`,
      after,
    );
  },
};
