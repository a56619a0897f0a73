import { randomUUID } from "node:crypto";
import { CliError, usageError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { everyPage } from "../every-page";
import { exitCodes } from "../exit-codes";
import { findProject } from "../find-project";

const roles = ["viewer", "member", "owner"] as const;

const memberList: Command = {
  path: ["member", "ls"],
  summary: "list the project's members",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const members = await everyPage((cursor) =>
      client.call("listMembers", { projectId, cursor, limit: 200 }),
    );
    const columns = [
      { title: "NAME", of: (member: (typeof members)[number]) => member.name },
      { title: "ADDRESS", of: (member: (typeof members)[number]) => member.email },
      { title: "ROLE", of: (member: (typeof members)[number]) => member.role },
    ];
    ctx.print.table(members, columns, "Nobody yet: portico member invite ADDRESS");
  },
};

const invite: Command = {
  path: ["member", "invite"],
  summary: "invite somebody into the project by a one-time link",
  args: [{ name: "ADDRESS" }],
  options: { role: { type: "string", choices: roles, summary: "member when left out" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const role = roles.find((each) => each === ctx.options.role) ?? "member";
    const made = await client.call(
      "createInvitation",
      { email: ctx.args.ADDRESS ?? "", projectId, role },
      { "idempotency-key": randomUUID() },
    );
    ctx.print.result(
      `Give this link to ${ctx.args.ADDRESS}: ${client.profile.url}${made.path}`,
      made,
    );
  },
};

const userList: Command = {
  path: ["user", "ls"],
  summary: "list the installation's users (administrators and auditors)",
  options: { search: { type: "string", value: "TEXT", summary: "part of a name or an address" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const search = typeof ctx.options.search === "string" ? ctx.options.search : undefined;
    const users = await everyPage((cursor) =>
      client.call("listUsers", { search, cursor, limit: 200 }),
    );
    type User = (typeof users)[number];
    ctx.print.table(
      users,
      [
        { title: "NAME", of: (user: User) => user.name },
        { title: "ADDRESS", of: (user: User) => user.email },
        { title: "IS", of: (user: User) => (user.disabled ? "disabled" : user.right) },
        {
          title: "PROJECTS",
          of: (user: User) => user.projects.map((each) => each.slug).join(", "),
        },
        { title: "LAST SIGN-IN", of: (user: User) => user.lastSignInAt },
      ],
      "Nobody fits.",
    );
  },
};

const userCreate: Command = {
  path: ["user", "create"],
  summary: "invite somebody into the installation by a one-time link",
  args: [{ name: "ADDRESS" }],
  options: {
    admin: { type: "boolean", summary: "as an administrator" },
    auditor: { type: "boolean", summary: "as an auditor" },
  },
  async run(ctx) {
    const client = await clientOf(ctx);
    const made = await client.call(
      "createInvitation",
      {
        email: ctx.args.ADDRESS ?? "",
        isAdmin: ctx.options.admin === true,
        isAuditor: ctx.options.auditor === true,
      },
      { "idempotency-key": randomUUID() },
    );
    ctx.print.result(
      `Give this link to ${ctx.args.ADDRESS}: ${client.profile.url}${made.path}`,
      made,
    );
  },
};

async function findUser(client: Client, email: string): Promise<{ id: string; email: string }> {
  const { items } = await client.call("listUsers", { search: email, limit: 200 });
  const found = items.find((user) => user.email === email.toLowerCase() || user.id === email);
  if (found) return found;
  throw new CliError(`There is no user ${email}.`, exitCodes.notFound);
}

function userVerb(
  verb: string,
  operation: "disableUser" | "enableUser" | "signOutUser",
  summary: string,
): Command {
  return {
    path: ["user", verb],
    summary,
    args: [{ name: "ADDRESS" }],
    async run(ctx) {
      const client = await clientOf(ctx);
      const user = await findUser(client, ctx.args.ADDRESS ?? "");
      await client.call(operation, { userId: user.id });
      ctx.print.result(`${user.email}: done.`, user);
    },
  };
}

const userReset: Command = {
  path: ["user", "reset"],
  summary: "make a one-time link by which somebody sets a new password",
  args: [{ name: "ADDRESS" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const user = await findUser(client, ctx.args.ADDRESS ?? "");
    const link = await client.call("createResetLink", { userId: user.id });
    const url = `${client.profile.url}${link.path}`;
    ctx.print.result(`Give this link to ${user.email}: ${url}`, { ...link, url });
  },
};

const userRight: Command = {
  path: ["user", "right"],
  summary: "make somebody admin, auditor or none of both",
  args: [{ name: "ADDRESS" }, { name: "RIGHT" }],
  async run(ctx) {
    const right = (["admin", "auditor", "none"] as const).find((each) => each === ctx.args.RIGHT);
    if (right === undefined) throw usageError("RIGHT is one of admin, auditor, none");
    const client = await clientOf(ctx);
    const user = await findUser(client, ctx.args.ADDRESS ?? "");
    await client.call("setUserRight", { userId: user.id, right });
    ctx.print.result(`${user.email}: ${right}`, { ...user, right });
  },
};

export const peopleCommands: readonly Command[] = [
  memberList,
  invite,
  userList,
  userCreate,
  userVerb("disable", "disableUser", "let somebody in no more; what is open ends at once"),
  userVerb("enable", "enableUser", "let somebody in again"),
  userVerb("sign-out", "signOutUser", "end all sessions of somebody"),
  userReset,
  userRight,
];
