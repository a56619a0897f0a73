import type { OperationResult } from "@/lib/api/spec/operations";
import { freezeLimits } from "@/lib/model/guest/freeze";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findVm } from "../find-vm";
import type { Column } from "../printer";
import { readSecret } from "../read-secret";
import { countOf, showBytes } from "../sizes";

type Filesystem = OperationResult<"getVmGuest">["filesystems"][number];

const vmArg = { name: "VM", completes: "vm" } as const;
const bytes = (size: number | null) => (size === null ? "?" : showBytes(size));
const columns: readonly Column<Filesystem>[] = [
  { title: "MOUNTED ON", of: (each) => each.mountpoint },
  { title: "TYPE", of: (each) => each.type },
  { title: "SIZE", of: (each) => bytes(each.totalBytes), align: "right" },
  { title: "USED", of: (each) => bytes(each.usedBytes), align: "right" },
  { title: "DISKS", of: (each) => each.disks.join(", ") },
];

const show: Command = {
  path: ["guest", "show"],
  summary: "show what the agent inside a running guest tells of it",
  args: [vmArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId } = await findVm(client, ctx.args.VM ?? "");
    const guest = await client.call("getVmGuest", { vmId });
    if (ctx.print.json) return ctx.print.object(guest);
    const { hostname, os, kernel, architecture, timezone, users, interfaces } = guest;
    ctx.print.object({
      hostname: hostname ?? "?",
      os: os ?? "?",
      kernel: [kernel, architecture].filter((each) => each !== null).join(" ") || "?",
      timezone: timezone ?? "?",
      users: users.map(({ name }) => name).join(", ") || "nobody",
      ...Object.fromEntries(interfaces.map(({ name, addresses }) => [name, addresses.join(", ")])),
    });
    ctx.print.table(guest.filesystems, columns, "The agent tells of no file system.");
  },
};

const password: Command = {
  path: ["guest", "password"],
  summary: "set an account's password inside a running guest, typed or from stdin",
  args: [vmArg, { name: "USER" }],
  async run(ctx) {
    const { VM = "", USER: user = "" } = ctx.args;
    const client = await clientOf(ctx);
    const vm = await findVm(client, VM);
    const secret = (await readSecret(ctx.io, `New password of ${user} in ${vm.name}: `)).replace(
      /\r?\n$/,
      "",
    );
    if (secret === "") throw usageError("The password is empty.");
    await client.call("setVmGuestPassword", { vmId: vm.id, user, password: secret });
    ctx.print.result(`${vm.name}: ${user} has the new password.`, { vmId: vm.id, user });
  },
};

const untilOf = ({ until }: OperationResult<"getVmFreeze">) =>
  until === null ? "not frozen" : `frozen until ${until}`;

const frozen: Command = {
  path: ["guest", "frozen"],
  summary: "say until when a guest's file systems are frozen",
  args: [vmArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.VM ?? "");
    const freeze = await client.call("getVmFreeze", { vmId });
    ctx.print.result(`${name}: ${untilOf(freeze)}.`, freeze);
  },
};

const freeze: Command = {
  path: ["guest", "freeze"],
  summary: "bring a running guest's file systems to rest, for so long at most",
  args: [vmArg],
  options: {
    seconds: {
      type: "string",
      value: "N",
      summary: `thaw by itself after so many seconds (${freezeLimits.usual})`,
    },
    mountpoint: {
      type: "string",
      value: "PATHS",
      summary: "only these, with commas between (default: all)",
    },
  },
  async run(ctx) {
    const { seconds, mountpoint } = ctx.options;
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.VM ?? "");
    const done = await client.call("freezeVmGuest", {
      vmId,
      seconds: typeof seconds === "string" ? countOf(seconds, "seconds") : freezeLimits.usual,
      ...(typeof mountpoint === "string" ? { mountpoints: mountpoint.split(",") } : {}),
    });
    ctx.print.result(`${name}: ${untilOf(done)}.`, done);
  },
};

const thaw: Command = {
  path: ["guest", "thaw"],
  summary: "let a guest's frozen file systems go on",
  args: [vmArg],
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: vmId, name } = await findVm(client, ctx.args.VM ?? "");
    const done = await client.call("thawVmGuest", { vmId });
    ctx.print.result(`${name}: ${untilOf(done)}.`, done);
  },
};

export const guestCommands: readonly Command[] = [show, password, frozen, freeze, thaw];
