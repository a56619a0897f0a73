import type { Command, CommandContext } from "../command";

type Runner = (ctx: CommandContext) => Promise<void>;

/** Loaded only when asked for: the server's own modules, its database among them. */
const local = (name: string, load: () => Promise<Runner>): Pick<Command, "path" | "run"> => ({
  path: ["admin", ...name.split(" ")],
  run: async (ctx) => (await load())(ctx),
});

const file = [{ name: "FILE", completes: "file" }] as const;
const address = [{ name: "ADDRESS" }] as const;

/** On the portal's own machine, without a token: whoever may write its database may do this. */
export const adminCommands: readonly Command[] = [
  {
    ...local("setup-link", async () => (await import("../admin/setup-link")).setupLink),
    summary: "print the link that makes the first administrator",
  },
  {
    ...local("user ls", async () => (await import("../admin/users")).userList),
    summary: "list the users",
  },
  {
    ...local("user create", async () => (await import("../admin/users")).userCreate),
    summary: "invite somebody by a one-time link",
    args: address,
    options: {
      admin: { type: "boolean", summary: "as an administrator" },
      auditor: { type: "boolean", summary: "as an auditor" },
    },
  },
  {
    ...local("user reset", async () => (await import("../admin/users")).userReset),
    summary: "make a one-time link by which somebody sets a new password",
    args: address,
  },
  {
    ...local("user right", async () => (await import("../admin/users")).userRight),
    summary: "make somebody admin, auditor or none of both",
    args: [...address, { name: "RIGHT" }],
  },
  {
    ...local("user disable", async () => {
      const { userSetDisabled } = await import("../admin/users");
      return (ctx) => userSetDisabled(ctx, true);
    }),
    summary: "let somebody in no more; what is open ends within seconds",
    args: address,
  },
  {
    ...local("user enable", async () => {
      const { userSetDisabled } = await import("../admin/users");
      return (ctx) => userSetDisabled(ctx, false);
    }),
    summary: "let somebody in again",
    args: address,
  },
  {
    ...local("token create", async () => (await import("../admin/token-create")).tokenCreate),
    summary: "make an API token that acts as somebody; shown this one time",
    args: [...address, { name: "NAME" }],
    options: {
      scopes: { type: "string", value: "LIST", summary: "read when left out" },
      days: { type: "string", value: "COUNT", summary: "how long it lives; 90 when left out" },
    },
  },
  {
    ...local("audit verify", async () => (await import("../admin/audit-verify")).auditVerify),
    summary: "go through the audit log's chain and say whether it is what was written",
    options: {
      from: { type: "string", value: "ROW", summary: "begin at this row" },
      expect: { type: "string", value: "ROW:HASH", summary: "compare with an earlier run's end" },
    },
  },
  {
    ...local("audit follow", async () => (await import("../admin/audit-follow")).auditFollow),
    summary: "write each row of the audit log as it comes, for a log that is kept elsewhere",
    options: {
      from: { type: "string", value: "ROW", summary: "begin at this row; else with the next one" },
    },
  },
  {
    ...local("secret rotate", async () => (await import("../admin/secret-rotate")).secretRotate),
    summary: "replace the secret that seals cookies and app secrets; the portal must be stopped",
  },
  {
    ...local("backup", async () => (await import("../admin/backup")).backup),
    summary: "save the portal's own state (database and secrets) into a file",
    args: file,
  },
  {
    ...local("restore", async () => (await import("../admin/restore")).restore),
    summary: "put a saved state in place; the portal must be stopped",
    args: file,
  },
];
