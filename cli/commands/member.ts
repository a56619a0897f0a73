import { randomUUID } from "node:crypto";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { confirm } from "../confirm";
import { everyPage } from "../every-page";
import { findProject } from "../find-project";
import { findMember, type Member } from "../find-user";
import type { Column } from "../printer";
import { type Role, roleOf, roles } from "../roles";

const columns: readonly Column<Member>[] = [
  { title: "NAME", of: (member) => member.name },
  { title: "ADDRESS", of: (member) => member.email },
  { title: "ROLE", of: (member) => member.role },
  { title: "STATE", of: (member) => (member.disabled ? "disabled" : null) },
];

const list: Command = {
  path: ["member", "ls"],
  summary: "list the project's members",
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const members = await everyPage((cursor) =>
      client.call("listMembers", { projectId, cursor, limit: 200 }),
    );
    ctx.print.table(members, columns, "Nobody yet: portico member invite ADDRESS");
  },
};

const add: Command = {
  path: ["member", "add"],
  summary: "make somebody with an account a member at once (administrators)",
  args: [{ name: "ADDRESS" }],
  options: { role: { type: "string", choices: roles, summary: "member when left out" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId, name } = await findProject(client);
    const email = ctx.args.ADDRESS ?? "";
    const role = roleOf(ctx.options.role);
    const headers = { "idempotency-key": randomUUID() };
    await client.call("addMember", { projectId, email, role }, headers);
    ctx.print.result(`${email} is ${role} of ${name}.`, { projectId, email, role });
  },
};

const changeRole: Command = {
  path: ["member", "role"],
  summary: `give a member another role: ${roles.join(", ")}`,
  args: [{ name: "ADDRESS" }, { name: "ROLE" }],
  async run(ctx) {
    const role = roles.find((each): each is Role => each === ctx.args.ROLE);
    if (role === undefined) throw usageError(`ROLE is one of ${roles.join(", ")}`);
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const member = await findMember(client, projectId, ctx.args.ADDRESS ?? "");
    await client.call("changeMemberRole", { projectId, userId: member.userId, role });
    ctx.print.result(`${member.email}: ${role}`, { ...member, role });
  },
};

const remove: Command = {
  path: ["member", "rm"],
  summary: "take somebody out of the project; what is open of it ends at once",
  args: [{ name: "ADDRESS" }],
  options: { yes: { type: "boolean", short: "y", summary: "do not ask" } },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: projectId, name } = await findProject(client);
    const member = await findMember(client, projectId, ctx.args.ADDRESS ?? "");
    if (ctx.options.yes !== true) await confirm(ctx.io, `Take ${member.email} out of ${name}?`);
    await client.call("removeMember", { projectId, userId: member.userId });
    ctx.print.result(`${member.email} is out of ${name}.`, member);
  },
};

export const memberCommands: readonly Command[] = [list, add, changeRole, remove];
