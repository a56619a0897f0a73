import { type Db, db as processDb } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";
import { actorOfRequest, type RequestFacts } from "./request-actor";
import { unsealSession } from "./session-cookie";
import { actorOfToken } from "./token";

export interface ApiRequestFacts extends RequestFacts {
  /** The Authorization header. */
  authorization: string | null | undefined;
}

/**
 * Who sends a request that programs may send too, or null. With an Authorization header that
 * alone counts, and only `Bearer`: a token in a query, a cookie or a basic password opens nothing.
 */
export function actorOfApiRequest(
  facts: ApiRequestFacts,
  db: Db = processDb(),
  now: Date = new Date(),
): Actor | null | Promise<Actor | null> {
  if (!facts.authorization) return actorOfRequest(facts, db, now);
  const secret = bearerOf(facts.authorization);
  return secret === null ? null : actorOfToken(secret, facts.ip, db, now);
}

/** The token of an Authorization header; null for another scheme. */
export function bearerOf(authorization: string): string | null {
  const [, secret] = /^bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
  return secret ?? null;
}

/** The secret that such a request came with: its token's or its session's. */
export async function secretOfApiRequest(
  facts: Pick<ApiRequestFacts, "authorization" | "cookie">,
): Promise<string | null> {
  return facts.authorization ? bearerOf(facts.authorization) : unsealSession(facts.cookie);
}
