import { z } from "zod";
import type { Prisma, User } from "@/lib/db/generated/client";
import { AppError, notFound } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";

export const userIdSchema = z.object({ userId: z.string().min(1).max(40) });

/** Somebody's row; throws `not_found`. The caller has checked that the actor may manage users. */
export async function findUser(
  db: Pick<Prisma.TransactionClient, "user">,
  userId: string,
): Promise<User> {
  const user = await db.user.findUnique({ where: { id: userId } });
  if (user === null) throw notFound(`user ${userId}`);
  return user;
}

/** Throws `conflict.rule` for what nobody may do to his own account. */
export function assertSomebodyElse(ctx: Context, userId: string): void {
  if (userId !== ctx.actor.userId) return;
  throw new AppError({
    code: "conflict.rule",
    message: "nobody does this to himself",
    userMessage: { key: "user.self" },
  });
}

/**
 * Throws `conflict.rule` when nobody is left who may administer. Called in the transaction of the
 * change, after it.
 */
export async function assertAdminLeft(tx: Pick<Prisma.TransactionClient, "user">): Promise<void> {
  if ((await tx.user.count({ where: { isAdmin: true, disabledAt: null } })) > 0) return;
  throw new AppError({
    code: "conflict.rule",
    message: "the last administrator must stay one",
    userMessage: { key: "auth.last_admin" },
  });
}

/** A user as the target of an audit entry. */
export function userTarget(user: Pick<User, "id" | "email">) {
  return { targetType: "user", targetId: user.id, targetName: user.email } as const;
}
