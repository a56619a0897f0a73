import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import { diffOption } from "../show-change";

const vmEdit: Command = {
  path: ["vm", "edit"],
  summary: "say what a VM is for, and tag it",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    description: { type: "string", value: "TEXT", summary: 'in place of the old one; "" for none' },
    tags: { type: "string", value: "TAGS", summary: 'all of them: web,prod; "" for none' },
    ...diffOption,
  },
  async run(ctx) {
    const { description, tags } = ctx.options;
    if (description === undefined && tags === undefined) {
      throw usageError("Say --description, --tags or both.");
    }
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("updateVm", {
      vmId,
      ...(typeof description === "string" && { description }),
      ...(typeof tags === "string" && { tags: tags.split(/[\s,]+/).filter((tag) => tag !== "") }),
    });
    ctx.print.result(`${after.name} [${after.tags.join(" ")}]: ${after.description}`, after);
  },
};

const vmRename: Command = {
  path: ["vm", "rename"],
  summary: "give a VM another name; on its host it is called as before",
  args: [{ name: "NAME", completes: "vm" }, { name: "NEW" }],
  options: diffOption,
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name: before } = await findVm(client, ctx.args.NAME ?? "");
    const after = await client.call("updateVm", { vmId, name: ctx.args.NEW ?? "" });
    ctx.print.result(`${before} is ${after.name} now.`, after);
  },
};

export const vmEditCommands: readonly Command[] = [vmEdit, vmRename];
