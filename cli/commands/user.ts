import { randomUUID } from "node:crypto";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { everyPage } from "../every-page";
import { findUser, type User } from "../find-user";
import type { Column } from "../printer";
import { linkOption, linkText } from "./invitation";

const address = [{ name: "ADDRESS" }] as const;

const columns: readonly Column<User>[] = [
  { title: "NAME", of: (user) => user.name },
  { title: "ADDRESS", of: (user) => user.email },
  { title: "IS", of: (user) => (user.disabled ? "disabled" : user.right) },
  { title: "PROJECTS", of: (user) => user.projects.map((each) => each.slug).join(", ") },
  { title: "LAST SIGN-IN", of: (user) => user.lastSignInAt },
];

const list: Command = {
  path: ["user", "ls"],
  summary: "list the installation's users (administrators and auditors)",
  options: { search: { type: "string", value: "TEXT", summary: "part of a name or an address" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const search = typeof ctx.options.search === "string" ? ctx.options.search : undefined;
    const users = await everyPage((cursor) =>
      client.call("listUsers", { search, cursor, limit: 200 }),
    );
    ctx.print.table(users, columns, "Nobody fits.");
  },
};

const show: Command = {
  path: ["user", "show"],
  summary: "show a user with projects, ways to sign in and what is open",
  args: address,
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: userId } = await findUser(client, ctx.args.ADDRESS ?? "");
    const user = await client.call("getUser", { userId });
    if (ctx.print.json) return ctx.print.object(user);
    const projects = user.projects.map((each) => `${each.slug} (${each.role})`);
    ctx.print.object({ ...user, projects });
  },
};

const create: Command = {
  path: ["user", "create"],
  summary: "invite somebody into the installation by a one-time link",
  args: address,
  options: {
    admin: { type: "boolean", summary: "as an administrator" },
    auditor: { type: "boolean", summary: "as an auditor" },
    ...linkOption,
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const made = await client.call(
      "createInvitation",
      {
        email: ctx.args.ADDRESS ?? "",
        isAdmin: ctx.options.admin === true,
        isAuditor: ctx.options.auditor === true,
        showLink: ctx.options.link === true,
      },
      { "idempotency-key": randomUUID() },
    );
    ctx.print.result(linkText(client, made), made);
  },
};

function verb(
  name: string,
  operation: "disableUser" | "enableUser" | "signOutUser",
  summary: string,
): Command {
  return {
    path: ["user", name],
    summary,
    args: address,
    async run(ctx) {
      const client = await clientOf(ctx);
      const user = await findUser(client, ctx.args.ADDRESS ?? "");
      await client.call(operation, { userId: user.id });
      ctx.print.result(`${user.email}: done.`, user);
    },
  };
}

const reset: Command = {
  path: ["user", "reset"],
  summary: "make a one-time link by which somebody sets a new password",
  args: address,
  async run(ctx) {
    const client = await clientOf(ctx);
    const user = await findUser(client, ctx.args.ADDRESS ?? "");
    const link = await client.call("createResetLink", { userId: user.id });
    const url = `${client.profile.url}${link.path}`;
    ctx.print.result(`Give this link to ${user.email}: ${url}`, { ...link, url });
  },
};

const right: Command = {
  path: ["user", "right"],
  summary: "make somebody admin, auditor or none of both",
  args: [...address, { name: "RIGHT" }],
  async run(ctx) {
    const given = (["admin", "auditor", "none"] as const).find((each) => each === ctx.args.RIGHT);
    if (given === undefined) throw usageError("RIGHT is one of admin, auditor, none");
    const client = await clientOf(ctx);
    const user = await findUser(client, ctx.args.ADDRESS ?? "");
    await client.call("setUserRight", { userId: user.id, right: given });
    ctx.print.result(`${user.email}: ${given}`, { ...user, right: given });
  },
};

export const userCommands: readonly Command[] = [
  list,
  show,
  create,
  verb("disable", "disableUser", "let somebody in no more; what is open ends at once"),
  verb("enable", "enableUser", "let somebody in again"),
  verb("sign-out", "signOutUser", "end all sessions of somebody"),
  reset,
  right,
];
