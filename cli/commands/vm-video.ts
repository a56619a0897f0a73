import { videoModels } from "@/lib/model/video";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

export const vmVideo: Command = {
  path: ["vm", "video"],
  summary: "which graphics a VM has from its next start on; virtio follows the console's window",
  args: [{ name: "NAME", completes: "vm" }, { name: "MODEL" }],
  options: diffOption,
  async run(ctx) {
    const model = videoModels.find((each) => each === ctx.args.MODEL);
    if (model === undefined) throw usageError(`MODEL is one of ${videoModels.join(", ")}`);
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("setVmVideo", { vmId, model });
    ctx.print.result(`${name}: ${after.video?.next}`, after);
  },
};
