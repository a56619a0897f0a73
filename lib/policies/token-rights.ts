import type { Rights } from "./actor";
import { type TokenScope, tokenScopes } from "./permissions";

/** What stands in an actor's `sessionId` for a token: consoles and uploads are cut by it. */
export function sessionIdOfToken(tokenId: string): string {
  return `token:${tokenId}`;
}

/** Id of the token behind such a session id; null for a person's session. */
export function tokenIdOfSession(sessionId: string): string | null {
  return sessionId.startsWith("token:") ? sessionId.slice("token:".length) : null;
}

/** The scopes that a row lists (JSON); what this version does not know gives nothing. */
export function scopesOfToken(scopes: string): TokenScope[] {
  const listed: unknown = JSON.parse(scopes);
  return Array.isArray(listed) ? tokenScopes.filter((each) => listed.includes(each)) : [];
}

/** What of a user and his token's row decides. */
export interface TokenRow {
  projectId: string | null;
  scopes: string;
  user: Omit<Rights, "token">;
}

/**
 * What a token may: at most what its user may now. A project's token acts as an owner of that
 * project alone, whatever its maker may elsewhere.
 */
export function rightsOfToken({ projectId, scopes, user }: TokenRow): Rights {
  const token = { scopes: scopesOfToken(scopes) };
  if (projectId === null) {
    const { isAdmin, isAuditor, memberships } = user;
    return { isAdmin, isAuditor, memberships, token };
  }
  const memberships = [{ projectId, role: "owner" as const }];
  return { isAdmin: false, isAuditor: false, memberships, token };
}
