import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import NextAuth from "next-auth";
import { vi } from "vitest";
import { authOptions } from "@/lib/auth/config";
import type { OidcSettings } from "@/lib/auth/oidc";
import type { Db } from "@/lib/db/client";
import { visitor } from "@/lib/services/user/testing/people";
import { oidcDoor } from "../oidc-door";

export interface PortalDoor {
  origin: string;
  /** Where the door begins to work: the provider must be known, and it must know us. */
  settings: OidcSettings | null;
  stop(): Promise<void>;
}

/** next-auth's routes over our options on a port of their own, as the portal serves them. */
export async function startPortalDoor(db: Db): Promise<PortalDoor> {
  const server = createServer(async (req, res) => {
    const url = new URL(req.url ?? "/", door.origin);
    const options = authOptions(
      {
        oidc: (claims) =>
          oidcDoor(
            visitor(db, { cookie: req.headers.cookie ?? null, clock: () => new Date() }),
            claims,
            async (check) => void res.appendHeader("set-cookie", `check=${check}`),
            door.settings,
          ),
        signIn: async () => null,
        signOut: async () => undefined,
        person: async () => null,
      },
      door.settings,
    );
    const query = Object.fromEntries(url.searchParams);
    const given = {
      method: req.method,
      headers: { host: req.headers.host },
      cookies: cookiesOf(req),
      query: { ...query, nextauth: url.pathname.split("/").slice(3) },
      body: Object.fromEntries(new URLSearchParams(await bodyOf(req))),
    };
    const handler: (req: unknown, res: unknown) => Promise<void> = NextAuth(options);
    await handler(given, nextResponse(res));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const door: PortalDoor = {
    origin: `http://127.0.0.1:${address.port}`,
    settings: null,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  // As lib/env.ts does for the portal: next-auth knows its own address from nowhere else.
  vi.stubEnv("NEXTAUTH_URL", door.origin);
  return door;
}

/** What Next adds to a response, as far as next-auth uses it. */
function nextResponse(res: ServerResponse) {
  const added = {
    status(code: number) {
      res.statusCode = code;
      return res;
    },
    json: (body: unknown) => res.end(JSON.stringify(body)),
    send: (body: unknown) => res.end(typeof body === "string" ? body : JSON.stringify(body)),
  };
  return Object.assign(res, added);
}

function cookiesOf(req: IncomingMessage): Record<string, string> {
  const pairs = (req.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(
    pairs.map(([name = "", value = ""]) => [name, decodeURIComponent(value)]),
  );
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of req) body += String(chunk);
  return body;
}
