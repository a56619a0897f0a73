import { isCommonPassword } from "@/lib/auth/common-password";
import { hashPassword } from "@/lib/auth/password";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { AppError, type UserMessage } from "@/lib/model/errors";
import { passwordProblem } from "@/lib/model/password-policy";

export interface NewAdmin {
  email: string;
  name: string;
  locale: string;
}

/** The hash of a password that may be used; throws `input.invalid` with what would mend it. */
export async function hashNewPassword(
  password: string,
  person: { email: string; name: string },
  field = "password",
): Promise<string> {
  const problem = passwordProblem(password, person) ?? listed(password);
  if (problem === null) return hashPassword(password);
  throw new AppError({
    code: "input.invalid",
    message: `password refused: ${problem.key}`,
    fields: { [field]: problem },
  });
}

function listed(password: string): UserMessage | null {
  return isCommonPassword(password) ? { key: "field.password.listed" } : null;
}

/**
 * Makes the first administrator and the project "Default", which he owns. Runs in the caller's
 * transaction. Throws `conflict.exists` when there is an administrator already.
 */
export async function createFirstAdmin(
  tx: Prisma.TransactionClient,
  admin: NewAdmin,
  passwordHash: string,
  now: Date,
): Promise<{ userId: string; projectId: string }> {
  const others = await tx.user.count({
    where: { OR: [{ isAdmin: true }, { email: admin.email }] },
  });
  if (others > 0) {
    throw new AppError({
      code: "conflict.exists",
      message: "there is an administrator already",
      userMessage: { key: "auth.setup_done" },
    });
  }
  const userId = newId();
  await tx.user.create({
    data: { ...admin, id: userId, passwordHash, isAdmin: true, createdAt: now, passwordSetAt: now },
  });
  const { id: projectId } = await tx.project.upsert({
    where: { slug: "default" },
    create: { id: newId(), slug: "default", name: "Default", createdAt: now },
    update: {},
  });
  await tx.membership.create({ data: { projectId, userId, role: "owner" } });
  await tx.setupToken.deleteMany();
  return { userId, projectId };
}
