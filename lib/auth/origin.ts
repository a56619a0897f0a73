import { env } from "@/lib/env";
import { AppError } from "@/lib/model/errors";

/** The headers of a request that the check needs. */
export interface OriginFacts {
  origin: string | null | undefined;
  host: string | null | undefined;
  cookie: string | null | undefined;
}

/** The same from a web `Headers` object. */
export function originFacts(headers: { get(name: string): string | null }): OriginFacts {
  return {
    origin: headers.get("origin"),
    host: headers.get("host"),
    cookie: headers.get("cookie"),
  };
}

/** `PORTICO_ORIGIN`, or without that setting plain http on the host the request came to. */
export function ownOrigin(
  facts: Pick<OriginFacts, "host">,
  configured = env().PORTICO_ORIGIN,
): string | undefined {
  return configured ?? (facts.host ? `http://${facts.host.toLowerCase()}` : undefined);
}

/**
 * Throws `auth.forbidden` unless the request was made by our own pages: for everything that
 * writes, and for WebSockets. X-Forwarded-Host is never looked at. A request without Origin
 * passes only when it carries no cookie, since then it has nobody's rights to abuse.
 */
export function checkOrigin(facts: OriginFacts, configured = env().PORTICO_ORIGIN): void {
  if (!facts.origin && !facts.cookie) return;
  const own = ownOrigin(facts, configured);
  if (own !== undefined && facts.origin === own) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `Origin ${facts.origin ?? "(none)"} is not ${own ?? "known"}`,
    userMessage: { key: "auth.origin", values: { origin: own ?? "" } },
  });
}
