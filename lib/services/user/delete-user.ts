import { z } from "zod";
import type { Prisma, User } from "@/lib/db/generated/client";
import { AppError } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";
import { publish } from "@/lib/services/live/bus";
import { handOverTokens } from "@/lib/services/token/hand-over-tokens";
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
  /** Who takes over the projects' API tokens that the person made; null when there are none. */
  tokensTo: idSchema.nullable(),
});
export type DeleteUserInput = z.output<typeof deleteUserSchema>;

/**
 * Deletes a user and hands over what belongs to projects: ownership and the projects' API tokens.
 * VMs and images are the projects' already. Sessions, passkeys, SSH keys and personal tokens go
 * with him, and what is open on them is cut; audit rows keep his name. Throws `auth.forbidden`
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
    const tokens = await handOverHisTokens(inside, user, input.tokensTo);
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
      detail: { name: user.name, projects: input.owners.length, tokens },
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

async function handOverHisTokens(ctx: Inside, user: User, heirId: string | null): Promise<number> {
  const where = liveProjectTokens(user.id, ctx.clock());
  if ((await ctx.db.apiToken.count({ where })) === 0) return 0;
  if (heirId === null) throw refused("tokensTo", "field.heir.required");
  const heir = await findHeir(ctx, user, heirId, "tokensTo");
  return handOverTokens(ctx.db, { userId: user.id }, { userId: heir.id });
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
