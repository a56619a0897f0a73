import { z } from "zod";
import type { Prisma, User } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";
import { publish } from "@/lib/services/live/bus";
import { endAccess } from "./end-access";
import { liveProjectTokens, mayTakeOver, ownedAlone } from "./list-holdings";
import {
  assertAdminLeft,
  assertSomebodyElse,
  findUser,
  userIdSchema,
  userTarget,
} from "./user-rules";

const idSchema = z.string().min(1).max(40);

export const deleteUserSchema = userIdSchema.extend({
  /** The person's address, typed as a confirmation. */
  confirmEmail: z.string().trim().toLowerCase().max(254, "field.confirm_email"),
  /** Who takes over each project that the person alone owns. */
  owners: z.array(z.object({ projectId: idSchema, userId: idSchema })).max(1_000),
});
export type DeleteUserInput = z.output<typeof deleteUserSchema>;

/**
 * Deletes a user and hands over the projects that he alone owned. VMs and images are the projects'
 * already. Sessions, passkeys, SSH keys and all API tokens that he made go with him, a project's
 * too, for a program that ran by his authority ends with it; what is open on them is cut. Audit
 * rows keep his name. Throws `auth.forbidden`
 * for everybody but administrators and without a recent proof, `not_found`, `conflict.rule` for
 * the own account and the last administrator, `input.invalid` when something would belong to
 * nobody or the heir cannot have it.
 */
export async function deleteUser(ctx: Context, input: DeleteUserInput): Promise<void> {
  assertCan(ctx.actor, "user.manage");
  assertSomebodyElse(ctx, input.userId);
  await assertProvedRecently(ctx);
  await ctx.db.$transaction(async (tx) => {
    const user = await findUser(tx, input.userId);
    if (input.confirmEmail !== user.email) throw refused("confirmEmail", "field.confirm_email");
    const inside = { ...ctx, db: tx };
    await handOverProjects(inside, user, input);
    const tokens = await endProjectTokens(inside, user);
    // A link to join that waits in his mailbox would let him in again.
    await tx.invitation.updateMany({
      where: { email: user.email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.clock() },
    });
    await endAccess(tx, user.id);
    await tx.user.delete({ where: { id: user.id } });
    await assertAdminLeft(tx);
    await writeAudit(inside, {
      action: "user.delete",
      outcome: "ok",
      ...userTarget(user),
      detail: { name: user.name, projects: input.owners.length, tokensEnded: tokens },
    });
  });
  for (const { projectId, userId } of input.owners) publish({ type: "rights", projectId, userId });
}

type Inside = Omit<Context, "db"> & { db: Prisma.TransactionClient };

async function handOverProjects(ctx: Inside, user: User, input: DeleteUserInput): Promise<void> {
  const projects = await ctx.db.project.findMany({ where: ownedAlone(user.id) });
  for (const { id: projectId } of projects) {
    const field = `owners.${projectId}`;
    const chosen = input.owners.find((each) => each.projectId === projectId);
    if (chosen === undefined) throw refused(field, "field.heir.required");
    const heir = await findHeir(ctx, user, chosen.userId, field);
    await ctx.db.membership.upsert({
      where: { projectId_userId: { projectId, userId: heir.id } },
      create: { projectId, userId: heir.id, role: "owner" },
      update: { role: "owner", oidcRole: null },
    });
    await writeAudit(ctx, {
      action: "project.hand_over",
      outcome: "ok",
      projectId,
      ...userTarget(heir),
      detail: { from: user.email },
    });
  }
}

/** The rows go with the user's; each project's own log says which of its tokens have ended. */
async function endProjectTokens(ctx: Inside, user: User): Promise<number> {
  const tokens = await ctx.db.apiToken.findMany({
    where: liveProjectTokens(user.id, ctx.clock()),
    select: { id: true, name: true, projectId: true },
  });
  for (const { id, name, projectId } of tokens) {
    await writeAudit(ctx, {
      action: "token.revoke",
      outcome: "ok",
      projectId,
      targetType: "token",
      targetId: id,
      targetName: name,
    });
  }
  return tokens.length;
}

async function findHeir(ctx: Inside, from: User, userId: string, field: string): Promise<User> {
  const heir = await ctx.db.user.findFirst({
    where: { AND: [{ id: userId }, mayTakeOver(from.id)] },
  });
  if (heir === null) throw refused(field, "field.heir.unfit");
  return heir;
}

function refused(field: string, key: string): AppError {
  return new AppError({
    code: "input.invalid",
    message: `user not deleted: ${key}`,
    fields: { [field]: { key } },
  });
}
