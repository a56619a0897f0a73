import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";

/** What the provider knows of a person besides the subject. */
export interface ProviderPerson {
  email: string;
  email_verified: boolean;
  name: string;
  groups: string[];
}

export interface OidcTestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By subject; changes count from the next sign-in on. */
  people: Map<string, ProviderPerson>;
  /** Tells the provider where its one client lives; before the first sign-in. */
  trust(address: string): void;
  stop(): Promise<void>;
}

/** A certified OpenID Connect provider on a loopback port, with a login page of one field. */
export async function startOidcProvider(): Promise<OidcTestProvider> {
  const { Provider } = await withoutWarnings(() => import("oidc-provider"));
  let provider: Provider | null = null;
  const people = new Map<string, ProviderPerson>();
  const server = createServer((req, res) => {
    if (provider === null) return void res.writeHead(503).end();
    const serve = req.url?.startsWith("/login/") ? login(provider, req, res) : null;
    if (serve === null) return void provider.callback()(req, res);
    serve.catch((error: unknown) => res.writeHead(500).end(String(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const issuer = `http://127.0.0.1:${address.port}`;
  const clientId = "portico";
  const clientSecret = randomBytes(24).toString("base64url");

  return {
    issuer,
    clientId,
    clientSecret,
    people,
    trust(address) {
      const redirect = `${address}/api/auth/callback/oidc`;
      const facts = { issuer, clientId, clientSecret, redirect, people };
      provider = withoutWarnings(() => makeProvider(Provider, facts));
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface ProviderFacts {
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirect: string;
  people: OidcTestProvider["people"];
}

/** It warns of what matters in production: that it forgets everything, and of this Node. */
function withoutWarnings<T>(work: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  const restore = () => {
    console.warn = warn;
  };
  const made = work();
  if (made instanceof Promise) void made.finally(restore);
  else restore();
  return made;
}

function makeProvider(
  Make: typeof Provider,
  { issuer, clientId, clientSecret, redirect, people }: ProviderFacts,
): Provider {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return new Make(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirect] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
    cookies: { keys: [randomBytes(24).toString("base64url")] },
    // As many do: addresses and groups come from userinfo and are not in the ID token.
    conformIdTokenClaims: true,
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
    // Nobody is asked whether the portal may know the person's name.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId,
        accountId: ctx.oidc.session?.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
}

/** GET shows the field, POST signs the subject in. */
async function login(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method === "GET") {
    res.writeHead(200, { "content-type": "text/html" });
    res.end(
      '<!doctype html><title>Provider</title><form method="post">' +
        '<label>Subject <input name="sub" required></label><button>Sign in</button></form>',
    );
    return;
  }
  let body = "";
  for await (const chunk of req) body += String(chunk);
  const accountId = new URLSearchParams(body).get("sub") ?? "";
  await provider.interactionFinished(req, res, { login: { accountId } });
}
