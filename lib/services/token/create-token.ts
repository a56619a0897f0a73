import { z } from "zod";
import { hashOfToken, hintOfToken, newTokenSecret } from "@/lib/auth/token-secret";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import { assertScope } from "@/lib/policies/can";
import {
  type NewToken,
  projectTokenScopes,
  tokenDaysSchema,
  tokenLimits,
  tokenNameSchema,
  tokenScopesSchema,
} from "@/lib/policies/token";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { assertProvedRecently } from "../factor/assert-proved";
import { requireProject } from "../project/require-project";
import { assertOwnTokens } from "./assert-own-tokens";
import { tokenInclude, toTokenView } from "./to-token-view";

const dayMs = 86_400_000;
/** Rows of tokens that ended this long ago are removed. */
const keptMs = 90 * dayMs;

export const createTokenSchema = z.object({
  /** Null: a personal token, which acts as its user. */
  projectId: z.string().min(1).max(40).nullable(),
  name: tokenNameSchema,
  scopes: tokenScopesSchema,
  expiresInDays: tokenDaysSchema.default(tokenLimits.defaultDays),
});
export type CreateTokenInput = z.output<typeof createTokenSchema>;

/**
 * Makes a token; its secret is in the answer and nowhere else. A token makes others of at most
 * its own scopes and life. Throws `auth.forbidden` for more and without a recent proof, `input.invalid` for a scope that a
 * project's token cannot have, `quota.exceeded` at the cap.
 */
export async function createToken(ctx: Context, input: CreateTokenInput): Promise<NewToken> {
  const { projectId } = input;
  if (projectId === null) assertOwnTokens(ctx.actor);
  else await requireProject(ctx, projectId, "project_token.manage");
  const expiresAt = new Date(ctx.clock().getTime() + input.expiresInDays * dayMs);
  await assertWithinOwn(ctx, input, expiresAt);
  await assertProvedRecently(ctx);
  if (projectId !== null && input.scopes.some((each) => !projectTokenScopes.includes(each))) {
    throw new AppError({
      code: "input.invalid",
      message: "a project's token with a scope of the installation",
      fields: { scopes: { key: "field.token_scopes.project" } },
    });
  }
  const secret = newTokenSecret();
  const row = await ctx.db.$transaction((tx) => insert(tx, ctx, input, secret, expiresAt), {
    isolationLevel: "Serializable",
  });
  return { token: toTokenView(row, ctx.clock()), secret };
}

/** A program cannot give itself more, or live longer, than the person who made it wanted. */
async function assertWithinOwn(
  ctx: Context,
  input: CreateTokenInput,
  expiresAt: Date,
): Promise<void> {
  const { token } = ctx.actor;
  if (token === null) return;
  assertScope(ctx.actor, "token.write");
  for (const scope of input.scopes) assertScope(ctx.actor, scope);
  const own = await ctx.db.apiToken.findUniqueOrThrow({
    where: { id: token.id },
    select: { expiresAt: true },
  });
  if (expiresAt <= own.expiresAt) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `token ${token.id} makes one that outlives it`,
    userMessage: { key: "auth.token_outlives", values: { until: own.expiresAt.toISOString() } },
  });
}

async function insert(
  tx: Prisma.TransactionClient,
  ctx: Context,
  input: CreateTokenInput,
  secret: string,
  expiresAt: Date,
) {
  const { projectId, name } = input;
  const { userId } = ctx.actor;
  const now = ctx.clock();
  const holder = projectId === null ? { userId, projectId: null } : { projectId };
  const ended = new Date(now.getTime() - keptMs);
  await tx.apiToken.deleteMany({
    where: { ...holder, OR: [{ revokedAt: { lt: ended } }, { expiresAt: { lt: ended } }] },
  });
  const used = await tx.apiToken.count({
    where: { ...holder, revokedAt: null, expiresAt: { gt: now } },
  });
  if (used >= tokenLimits.perHolder) throw full(used);
  const id = newId();
  const row = await tx.apiToken.create({
    data: {
      id,
      tokenHash: hashOfToken(secret) ?? "",
      hint: hintOfToken(secret),
      name,
      userId,
      projectId,
      scopes: JSON.stringify([...new Set(input.scopes)]),
      expiresAt,
      createdAt: now,
    },
    include: tokenInclude,
  });
  await writeAudit(
    { ...ctx, db: tx },
    {
      action: "token.create",
      outcome: "ok",
      projectId,
      targetType: "token",
      targetId: id,
      targetName: name,
      detail: { scopes: input.scopes.join(" "), expiresAt: expiresAt.toISOString() },
    },
  );
  return row;
}

function full(used: number): AppError {
  const values = { limit: tokenLimits.perHolder, used };
  return new AppError({
    code: "quota.exceeded",
    message: `${used} tokens are there already`,
    userMessage: { key: "token.too_many", values },
    details: { resource: "tokens", ...values },
  });
}
