import type { Command, CommandContext } from "../command";

type Runner = (ctx: CommandContext) => Promise<void>;

/** Loaded only when asked for: the server's own modules, its database among them. */
const local = (name: string, load: () => Promise<Runner>): Pick<Command, "path" | "run"> => ({
  path: ["admin", ...name.split(" ")],
  run: async (ctx) => (await load())(ctx),
});

/** On the portal's own machine, without a token: whoever may write its database may do this. */
export const adminCommands: readonly Command[] = [
  {
    ...local("audit verify", async () => (await import("../admin/audit-verify")).auditVerify),
    summary: "go through the audit log's chain and say whether it is what was written",
    options: {
      from: { type: "string", value: "ROW", summary: "begin at this row" },
      expect: { type: "string", value: "ROW:HASH", summary: "compare with an earlier run's end" },
    },
  },
  {
    ...local("backup", async () => (await import("../admin/backup")).backup),
    summary: "save the portal's own state (database and secrets) into a file",
    args: [{ name: "FILE", completes: "file" }],
  },
  {
    ...local("restore", async () => (await import("../admin/restore")).restore),
    summary: "put a saved state in place; the portal must be stopped",
    args: [{ name: "FILE", completes: "file" }],
  },
];
