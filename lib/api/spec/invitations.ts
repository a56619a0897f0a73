import { z } from "zod";
import { emailSchema } from "@/lib/model/person";
import { projectRoles } from "@/lib/policies/permissions";
import type { NewInvitation } from "@/lib/services/invitation/create-invitation";
import type { InvitationView } from "@/lib/services/invitation/invitation";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";

const invitationParams = z.strictObject({ invitationId: idSchema });
const roleSchema = z.enum(projectRoles);
const example = { invitationId: "v8q3d6b1hw" };
const inProject = "A project's by its owners, one into the installation by who manages users.";

const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    projectId: idSchema.nullable(),
    role: roleSchema.nullable(),
    isAdmin: z.boolean(),
    isAuditor: z.boolean(),
    invitedByName: z.string(),
    createdAt: timeSchema,
    expiresAt: timeSchema,
    expired: z.boolean(),
  })
  .meta({ id: "Invitation" }) satisfies z.ZodType<InvitationView>;

const newInvitationSchema = z
  .object({
    invitation: invitationSchema,
    path: z
      .string()
      .nullable()
      .describe(
        "The link, behind the portal's own address, shown this one time. Null where mails are sent and `showLink` was not asked for.",
      ),
    mailed: z.boolean().describe("Whether the mail server has taken a mail with it."),
  })
  .meta({ id: "NewInvitation" }) satisfies z.ZodType<NewInvitation>;

const showLinkSchema = z
  .boolean()
  .optional()
  .describe("Shows the link instead of mailing it; the audit log says so.");

export const invitationOperations = {
  listInvitations: operation({
    method: "GET",
    path: "/invitations",
    tag: "Members",
    summary: "List open invitations",
    description: "Of the project; without `projectId` those into the installation alone.",
    permission: "invitation.read",
    query: z.strictObject({
      projectId: idSchema.optional(),
      ...pageQuery(["-createdAt", "createdAt"]),
    }),
    status: 200,
    response: pageOf(invitationSchema),
    example: { projectId: "p7w2c4n8ta" },
  }),
  createInvitation: operation({
    method: "POST",
    path: "/invitations",
    tag: "Members",
    summary: "Invite an address by a one-time link",
    description: `${inProject} An earlier one to the same address is replaced.`,
    permission: "member.manage",
    body: z
      .strictObject({
        email: emailSchema,
        projectId: idSchema.nullable().default(null),
        role: roleSchema.nullable().default(null).describe("With a project, and only then."),
        isAdmin: z.boolean().default(false),
        isAuditor: z.boolean().default(false),
        showLink: showLinkSchema,
      })
      .refine((given) => (given.projectId === null) === (given.role === null), {
        path: ["role"],
      }),
    status: 201,
    response: newInvitationSchema,
    idempotent: true,
    problems: ["conflict.exists", "conflict.rule"],
    example: { email: "ada@example.org", projectId: "p7w2c4n8ta", role: "member" },
  }),
  resendInvitation: operation({
    method: "POST",
    path: "/invitations/{invitationId}/resend",
    tag: "Members",
    summary: "Give an invitation a new link for seven days",
    permission: "member.manage",
    params: invitationParams,
    body: z.strictObject({ showLink: showLinkSchema }),
    status: 200,
    response: newInvitationSchema,
    example,
  }),
  revokeInvitation: operation({
    method: "DELETE",
    path: "/invitations/{invitationId}",
    tag: "Members",
    summary: "Take an invitation back",
    permission: "member.manage",
    params: invitationParams,
    status: 204,
    example,
  }),
} as const;
