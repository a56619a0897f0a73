import { z } from "zod";
import { countInvitation } from "@/lib/auth/rate-limit";
import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import { emailSchema } from "@/lib/model/person";
import { assertCan } from "@/lib/policies/can";
import { projectRoles } from "@/lib/policies/permissions";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { assertProvedRecently } from "../factor/assert-proved";
import { alreadyMember } from "../project/add-member";
import { requireProject } from "../project/require-project";
import { handOver, linkDetail } from "./hand-over";
import {
  type InvitationView,
  invitationPath,
  newToken,
  open,
  toInvitationView,
} from "./invitation";

/** Into a project (`projectId` and `role`), into the installation, or both. */
export const createInvitationSchema = z
  .object({
    email: emailSchema,
    projectId: z.string().min(1).max(40).nullable().default(null),
    role: z.enum(projectRoles).nullable().default(null),
    isAdmin: z.boolean().default(false),
    isAuditor: z.boolean().default(false),
    showLink: z.boolean().optional(),
  })
  .refine((given) => (given.projectId === null) === (given.role === null), {
    path: ["role"],
    message: "field.invalid",
  })
  // An auditor changes nothing: nobody is both.
  .refine((given) => !(given.isAdmin && given.isAuditor), {
    path: ["isAuditor"],
    message: "field.invalid",
  });

/** An invitation, and its link where the one who made it has to hand it over. */
export interface NewInvitation {
  invitation: InvitationView;
  /**
   * Below the portal's own address; the browser puts its origin in front. Shown once; null where
   * mails are sent and nobody asked to see it, for who has the link can take up the invitation.
   */
  path: string | null;
  /** Whether the mail server has taken a mail with the link. */
  mailed: boolean;
}

/** Open invitations of a project, or of the installation. */
const mostOpen = 100;

/**
 * Invites an address by a one-time link, and by mail where that is set up. It looks the same
 * whether the address has an account or not; an earlier invitation to the same is replaced. With
 * `showLink` the link is shown instead of mailed, and the audit log says so.
 * Throws `conflict.exists` for a member, `conflict.rule` with too many open ones, `rate.limited`
 * after too many in an hour. Rights in the installation need `user.manage` and a recent proof.
 */
export async function createInvitation(
  ctx: Context,
  input: z.output<typeof createInvitationSchema>,
): Promise<NewInvitation> {
  const { email, projectId, role, isAdmin, isAuditor, showLink } = input;
  const project = projectId === null ? null : await requireProject(ctx, projectId, "member.manage");
  if (project === null || isAdmin || isAuditor) assertCan(ctx.actor, "user.manage");
  if (isAdmin || isAuditor) await assertProvedRecently(ctx);
  await countInvitation(ctx.actor.userId);
  const now = ctx.clock();
  const { token, stored } = newToken(now);
  const row = await ctx.db.$transaction(async (tx) => {
    if (projectId !== null) {
      const member = { projectId, user: { email } };
      if ((await tx.membership.count({ where: member })) > 0) throw alreadyMember();
    }
    await tx.invitation.updateMany({
      where: { email, projectId, ...open(now) },
      data: { revokedAt: now },
    });
    if ((await tx.invitation.count({ where: { projectId, ...open(now) } })) >= mostOpen) {
      throw tooMany();
    }
    const made = await tx.invitation.create({
      data: {
        id: newId(),
        email,
        projectId,
        role,
        isAdmin,
        isAuditor,
        ...stored,
        invitedById: ctx.actor.userId,
        invitedByName: ctx.actor.name,
        createdAt: now,
      },
    });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "invitation.create",
        outcome: "ok",
        projectId,
        targetType: "invitation",
        targetId: made.id,
        targetName: email,
        detail: { role, isAdmin, isAuditor, ...linkDetail(ctx, showLink) },
      },
    );
    return made;
  });
  const to = { to: email, path: invitationPath(token), projectName: project?.name ?? null };
  return { invitation: toInvitationView(row, now), ...(await handOver(ctx, to, showLink)) };
}

function tooMany(): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `${mostOpen} invitations are open`,
    userMessage: { key: "invitation.too_many", values: { limit: mostOpen } },
  });
}
