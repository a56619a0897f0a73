import { readFileSync } from "node:fs";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { TokenSet } from "openid-client";
import { env } from "@/lib/env";
import type { OidcRoles } from "@/lib/model/oidc-roles";
import { once } from "@/lib/runtime/once";

/** next-auth's name for the provider, part of the address that it sends people back to. */
export const oidcProviderId = "oidc";

const providerTimeoutMs = 10_000;

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button names. */
  name: string;
  scope: string;
  groupsClaim: string;
  roles: OidcRoles;
  signUp: boolean;
}

/** What the provider says of a person: the ID token over the answer of its userinfo endpoint. */
export type OidcClaims = Record<string, unknown>;

/**
 * The settings of sign-in by OIDC; null where it is not set up. Throws an Error that names the
 * file when the client's secret cannot be read.
 */
export function oidcSettings(): OidcSettings | null {
  return once("oidc-settings", () => {
    const settings = env();
    const { PORTICO_OIDC_ISSUER: issuer, PORTICO_OIDC_CLIENT_ID: clientId } = settings;
    const file = settings.PORTICO_OIDC_CLIENT_SECRET_FILE;
    if (issuer === undefined || clientId === undefined || file === undefined) return null;
    const clientSecret = readFileSync(file, "utf8").trim();
    if (clientSecret === "")
      throw new Error(`${file} is empty: it must hold the OIDC client's secret`);
    return {
      issuer: plain(issuer),
      clientId,
      clientSecret,
      name: settings.PORTICO_OIDC_NAME ?? new URL(issuer).host,
      scope: settings.PORTICO_OIDC_SCOPE,
      groupsClaim: settings.PORTICO_OIDC_GROUPS_CLAIM,
      roles: settings.PORTICO_OIDC_ROLES,
      signUp: settings.PORTICO_OIDC_SIGN_UP === "true",
    };
  });
}

/** Whether the ID token is of the issuer that was configured. */
export function isIssuer(settings: OidcSettings, issuer: string): boolean {
  return plain(issuer) === settings.issuer;
}

/** Authorization code with PKCE, state and nonce; next-auth and openid-client check the token. */
export function oidcProvider(settings: OidcSettings): OAuthConfig<OidcClaims> {
  return {
    id: oidcProviderId,
    name: settings.name,
    type: "oauth",
    wellKnown: `${settings.issuer}/.well-known/openid-configuration`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: settings.scope } },
    httpOptions: { timeout: providerTimeoutMs },
    userinfo: {
      // Many providers put groups and addresses there and not into the ID token, which rules.
      async request({ client, tokens }) {
        const set = tokens as TokenSet;
        // Throws when it is about somebody else than the ID token.
        const more = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(set) : {};
        return { ...more, ...set.claims() };
      },
    },
    profile: (claims) => ({ id: String(claims.sub ?? "") }),
  };
}

function plain(issuer: string): string {
  return issuer.replace(/\/$/, "");
}
