import { z } from "zod";
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
import type { Context } from "../context";
import { assertProvedRecently } from "../factor/assert-proved";
import { requireProject } from "../project/require-project";
import { assertOwnTokens } from "./assert-own-tokens";
import { endOfToken, insertToken } from "./insert-token";

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
 * its own scopes and life. Throws `auth.forbidden` for more and without a recent proof,
 * `input.invalid` for a scope that a project's token cannot have, `quota.exceeded` at the cap.
 */
export async function createToken(ctx: Context, input: CreateTokenInput): Promise<NewToken> {
  const { projectId } = input;
  if (projectId === null) assertOwnTokens(ctx.actor);
  else await requireProject(ctx, projectId, "project_token.manage");
  await assertWithinOwn(ctx, input, endOfToken(ctx, input));
  await assertProvedRecently(ctx);
  if (projectId !== null && input.scopes.some((each) => !projectTokenScopes.includes(each))) {
    throw new AppError({
      code: "input.invalid",
      message: "a project's token with a scope of the installation",
      fields: { scopes: { key: "field.token_scopes.project" } },
    });
  }
  return insertToken(ctx, input);
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
