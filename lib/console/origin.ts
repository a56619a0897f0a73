/**
 * Whether a WebSocket was opened by a page of this portal. With a configured origin only that
 * one; without, http or https on exactly the host and port that the request came to. Headers that
 * a proxy or an attacker adds (X-Forwarded-Host) are never looked at.
 */
export function isOwnOrigin(
  headers: { origin?: string | undefined; host?: string | undefined },
  configured: string | undefined,
): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origin === "") return false;
  if (configured !== undefined) return origin === configured;
  if (host === undefined || host === "") return false;
  const own = host.toLowerCase();
  return origin === `http://${own}` || origin === `https://${own}`;
}
