import { withBase } from "@/lib/base-path";

/**
 * Sends the browser to the OIDC provider, which sends it back to `callbackUrl`. Fetched and not
 * submitted, since the page's policy lets no form end at another origin. Throws a TypeError when
 * the portal cannot be reached.
 */
export async function startOidc(callbackUrl: string): Promise<void> {
  const token = await fetch(withBase("/api/auth/csrf"));
  const { csrfToken } = (await token.json()) as { csrfToken: string };
  const answer = await fetch(withBase("/api/auth/signin/oidc"), {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: withBase(callbackUrl), json: "true" }),
  });
  const { url } = (await answer.json()) as { url?: string };
  // Too many attempts and the like: the sign-in page has words for it.
  window.location.assign(url ?? withBase("/sign-in?error=failed"));
}
