import type { OperationResult } from "@/lib/api/spec/operations";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findHost } from "../find-host";
import type { Column } from "../printer";
import { showBytes } from "../sizes";

type Choice = OperationResult<"getBackupPool">["choices"][number];

const columns: readonly Column<Choice>[] = [
  { title: "POOL", of: (each) => each.name },
  { title: "STATE", of: (each) => (each.active ? "active" : "inactive") },
  { title: "FREE", of: (each) => showBytes(each.availableBytes), align: "right" },
];

const backupPool: Command = {
  path: ["host", "backup-pool"],
  summary: "show or set the pool that a host's backups go to (administrators)",
  args: [{ name: "HOST" }, { name: "POOL", optional: true }],
  options: { own: { type: "boolean", summary: "back to the portal's own pool" } },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const isOwn = options.own === true;
    if (isOwn && args.POOL !== undefined) throw usageError("Either POOL or --own.");
    const hostId = await findHost(client, args.HOST ?? "");
    const now =
      isOwn || args.POOL !== undefined
        ? await client.call("setBackupPool", { hostId, pool: args.POOL ?? null })
        : await client.call("getBackupPool", { hostId });
    if (print.json) return print.object(now);
    print.table(now.choices, columns, "The host has no pool besides the portal's own.");
    print.note(`backups go to ${now.pool ?? "the portal's own pool"}`);
  },
};

export const backupPoolCommands: readonly Command[] = [backupPool];
