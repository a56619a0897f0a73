import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError } from "../cli-error";
import type { Client } from "../client";
import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { everyPage } from "../every-page";
import { exitCodes } from "../exit-codes";
import { findProject } from "../find-project";
import type { Column } from "../printer";
import { roleOf, roles } from "../roles";

type Invitation = OperationResult<"listInvitations">["items"][number];

const columns: readonly Column<Invitation>[] = [
  { title: "ADDRESS", of: (each) => each.email },
  {
    title: "AS",
    of: (each) => each.role ?? (each.isAdmin ? "admin" : each.isAuditor ? "auditor" : "user"),
  },
  { title: "BY", of: (each) => each.invitedByName },
  { title: "ENDS", of: (each) => (each.expired ? "expired" : each.expiresAt) },
  { title: "ID", of: (each) => each.id },
];

const ofInstallation = {
  installation: { type: "boolean", summary: "those without a project (administrators)" },
} as const;

/** Where the portal sends mails, a link is shown to who asks for it only. */
export const linkOption = {
  link: { type: "boolean", summary: "show the link instead of mailing it" },
} as const;

async function openOnes(client: Client, ctx: CommandContext): Promise<Invitation[]> {
  const projectId = ctx.options.installation === true ? undefined : (await findProject(client)).id;
  return everyPage((cursor) => client.call("listInvitations", { projectId, cursor, limit: 200 }));
}

async function findInvitation(client: Client, ctx: CommandContext): Promise<Invitation> {
  const named = ctx.args.ADDRESS ?? "";
  const open = await openOnes(client, ctx);
  const found = open.find((each) => each.email === named.toLowerCase() || each.id === named);
  if (found) return found;
  throw new CliError(
    `There is no open invitation for ${named}. portico invitation ls lists them.`,
    exitCodes.notFound,
  );
}

const list: Command = {
  path: ["invitation", "ls"],
  summary: "list the project's open invitations",
  options: ofInstallation,
  async run(ctx) {
    const open = await openOnes(await clientOf(ctx), ctx);
    ctx.print.table(open, columns, "None is open: portico member invite ADDRESS");
  },
};

/** Two names of one command: it is looked for beside the members and beside the invitations. */
function create(path: Command["path"]): Command {
  return {
    path,
    summary: "invite somebody into the project by a one-time link",
    args: [{ name: "ADDRESS" }],
    options: {
      role: { type: "string", choices: roles, summary: "member when left out" },
      ...linkOption,
    },
    async run(ctx) {
      const client = await clientOf(ctx);
      const { id: projectId } = await findProject(client);
      const made = await client.call(
        "createInvitation",
        {
          email: ctx.args.ADDRESS ?? "",
          projectId,
          role: roleOf(ctx.options.role),
          showLink: ctx.options.link === true,
        },
        { "idempotency-key": randomUUID() },
      );
      ctx.print.result(linkText(client, made), made);
    },
  };
}

const resend: Command = {
  path: ["invitation", "resend"],
  summary: "give an invitation a new link for seven days",
  args: [{ name: "ADDRESS" }],
  options: { ...ofInstallation, ...linkOption },
  async run(ctx) {
    const client = await clientOf(ctx);
    const { id: invitationId } = await findInvitation(client, ctx);
    const made = await client.call("resendInvitation", {
      invitationId,
      showLink: ctx.options.link === true,
    });
    ctx.print.result(linkText(client, made), made);
  },
};

const revoke: Command = {
  path: ["invitation", "revoke"],
  summary: "take an invitation back; its link opens nothing any more",
  args: [{ name: "ADDRESS" }],
  options: ofInstallation,
  async run(ctx) {
    const client = await clientOf(ctx);
    const found = await findInvitation(client, ctx);
    await client.call("revokeInvitation", { invitationId: found.id });
    ctx.print.result(`The invitation for ${found.email} is taken back.`, found);
  },
};

/** What a person has to do with a new invitation. */
export function linkText(client: Client, made: OperationResult<"createInvitation">): string {
  const { email } = made.invitation;
  if (made.path !== null) return `Give this link to ${email}: ${client.profile.url}${made.path}`;
  if (made.mailed) return `A mail with the link is on its way to ${email}.`;
  return `The mail to ${email} could not be sent. Again with --link shows a link instead.`;
}

export const invitationCommands: readonly Command[] = [
  create(["member", "invite"]),
  list,
  create(["invitation", "create"]),
  resend,
  revoke,
];
