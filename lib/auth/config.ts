import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { withBase, withoutBase } from "@/lib/base-path";
import { logger } from "@/lib/log";
import {
  type OidcClaims,
  type OidcSettings,
  oidcProvider,
  oidcProviderId,
  oidcSettings,
} from "./oidc";
import { ownCookie } from "./own-cookie";
import { ownPath } from "./own-path";
import { authSecret } from "./secret";
import { sessionCookie } from "./session-cookie";
import { sessionLimits } from "./session-limits";

/** What next-auth's door needs from the use cases. */
export interface AuthDoor {
  /** The session's secret and its person; null when refused, for whatever reason. */
  signIn: (input: {
    email: string;
    password: string;
  }) => Promise<{ secret: string; userId: string; name: string; email: string } | null>;
  /** The same for whom the OIDC provider has vouched; or the page that says what is missing. */
  oidc: (claims: OidcClaims) => Promise<{ secret: string } | { goTo: string }>;
  signOut: (secret: string) => Promise<void>;
  /** Who holds this session now; null when it has ended. */
  person: (secret: string) => Promise<{ name: string; email: string } | null>;
}

/**
 * next-auth over our own session rows. The token is nothing but the session's secret: that it
 * decrypts proves nothing, the row decides. Its cookie is the one our own forms set.
 */
export function authOptions(
  door: AuthDoor,
  oidc: OidcSettings | null = oidcSettings(),
): NextAuthOptions {
  const cookie = sessionCookie();
  const maxAge = sessionLimits.absoluteMs / 1000;
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge },
    useSecureCookies: cookie.options.secure,
    cookies: {
      pkceCodeVerifier: ownCookie("portico-pkce"),
      state: ownCookie("portico-state"),
      nonce: ownCookie("portico-nonce"),
      sessionToken: cookie,
      csrfToken: ownCookie("portico-csrf"),
      callbackUrl: ownCookie("portico-callback"),
    },
    // next-auth knows of no base path: what it sends browsers to is complete.
    pages: {
      signIn: withBase("/sign-in"),
      signOut: withBase("/account"),
      error: withBase("/sign-in"),
    },
    providers: [
      ...(oidc === null ? [] : [oidcProvider(oidc)]),
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (given) => {
          const { email = "", password = "" } = given ?? {};
          const found = await door.signIn({ email, password });
          if (found === null) return null;
          return {
            id: found.userId,
            name: found.name,
            email: found.email,
            sid: found.secret,
          } as User;
        },
      }),
    ],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== oidcProviderId) return true;
        const outcome = await door.oidc({ ...profile });
        if ("goTo" in outcome) return withBase(outcome.goTo);
        // The jwt callback gets this very object next.
        Object.assign(user, { sid: outcome.secret });
        return true;
      },
      jwt: ({ token, user }) => {
        if (user !== undefined && "sid" in user) return { sid: user.sid };
        return { sid: token.sid };
      },
      session: async ({ session, token }) => {
        const person = typeof token.sid === "string" ? await door.person(token.sid) : null;
        // next-auth then clears the cookie and answers with an empty session.
        if (person === null) throw new Error("the session has ended");
        return { expires: session.expires, user: { name: person.name, email: person.email } };
      },
      redirect: ({ url }) => withBase(ownPath(withoutBase(url))),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === "string") await door.signOut(token.sid);
      },
    },
    logger: {
      error: (code, metadata) => {
        if (!code.includes("OAUTH")) return logger().debug({ code }, "next-auth");
        // The message alone: the error itself carries what the provider sent.
        const { message } = "error" in metadata ? metadata.error : metadata;
        return logger().warn({ code, reason: message }, "signing in by OIDC failed");
      },
      warn: (code) => logger().debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}
