import type { z } from "zod";
import { isAlive } from "@/lib/auth/session-limits";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";
import { toUserRow, type UserRow, userRowInclude } from "./list-users";
import type { userIdSchema } from "./user-rules";

export interface UserView extends UserRow {
  hasPassword: boolean;
  /** An authenticator app. */
  totp: boolean;
  passkeys: number;
  sshKeys: number;
  /** How many are signed in now. */
  sessions: number;
  personalTokens: number;
  /** OIDC providers that he is known to. */
  issuers: string[];
  /** Whether the right in the installation comes from the groups of the OIDC provider. */
  rightFromOidc: boolean;
}

/**
 * A person with what is known of the account; never a key or a secret. Throws `auth.forbidden`
 * for everybody but administrators and auditors, and `not_found`.
 */
export async function getUser(
  ctx: Context,
  input: z.output<typeof userIdSchema>,
): Promise<UserView> {
  assertCan(ctx.actor, "user.read");
  const now = ctx.clock();
  const row = await ctx.db.user.findUnique({
    where: { id: input.userId },
    include: {
      ...userRowInclude,
      _count: { select: { passkeys: true, sshKeys: true } },
      sessions: { where: { revokedAt: null } },
      identities: { select: { issuer: true } },
      apiTokens: {
        where: { projectId: null, revokedAt: null, expiresAt: { gt: now } },
        select: { id: true },
      },
    },
  });
  if (row === null) throw notFound(`user ${input.userId}`);
  return {
    ...toUserRow(row),
    hasPassword: row.passwordHash !== null,
    totp: row.totpConfirmedAt !== null,
    passkeys: row._count.passkeys,
    sshKeys: row._count.sshKeys,
    sessions: row.sessions.filter((each) => isAlive(each, now)).length,
    personalTokens: row.apiTokens.length,
    issuers: row.identities.map((each) => each.issuer),
    rightFromOidc: row.oidcRight !== null,
  };
}
