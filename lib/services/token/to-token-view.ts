import type { ApiToken } from "@/lib/db/generated/client";
import type { TokenView } from "@/lib/policies/token";
import { scopesOfToken } from "@/lib/policies/token-rights";

/** What is needed with a token's row to show it. */
export const tokenInclude = { user: { select: { name: true } } } as const;

/** A row as it is shown. */
export function toTokenView(row: ApiToken & { user: { name: string } }, now: Date): TokenView {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    projectId: row.projectId,
    madeBy: row.user.name,
    scopes: scopesOfToken(row.scopes),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    expired: row.expiresAt <= now,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedIp: row.lastUsedIp,
  };
}
