import { hashOfToken, hintOfToken, newTokenSecret } from "@/lib/auth/token-secret";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import type { TokenScope } from "@/lib/policies/permissions";
import { type NewToken, tokenLimits } from "@/lib/policies/token";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { tokenInclude, toTokenView } from "./to-token-view";

const dayMs = 86_400_000;
/** Rows of tokens that ended this long ago are removed. */
const keptMs = 90 * dayMs;

export interface TokenInput {
  projectId: string | null;
  name: string;
  scopes: TokenScope[];
  expiresInDays: number;
}

/** When a token that is made now ends. */
export function endOfToken(ctx: Context, input: TokenInput): Date {
  return new Date(ctx.clock().getTime() + input.expiresInDays * dayMs);
}

/**
 * Writes a token that acts for the actor, whose right to it the caller has made sure of. Throws
 * `quota.exceeded` at the cap.
 */
export async function insertToken(ctx: Context, input: TokenInput): Promise<NewToken> {
  const secret = newTokenSecret();
  const row = await ctx.db.$transaction((tx) => insert(tx, ctx, input, secret), {
    isolationLevel: "Serializable",
  });
  return { token: toTokenView(row, ctx.clock()), secret };
}

async function insert(
  tx: Prisma.TransactionClient,
  ctx: Context,
  input: TokenInput,
  secret: string,
) {
  const { projectId, name } = input;
  const { userId } = ctx.actor;
  const now = ctx.clock();
  const expiresAt = endOfToken(ctx, input);
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
