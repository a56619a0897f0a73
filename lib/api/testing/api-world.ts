import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { onTestFinished, vi } from "vitest";
import { actorOfApiRequest, secretOfApiRequest } from "@/lib/auth/api-actor";
import { hashOfToken, newTokenSecret } from "@/lib/auth/token-secret";
import { versionOf } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { kept } from "@/lib/db/testing/kept";
import { tempDir } from "@/lib/db/testing/temp-db";
import type { LiveVm } from "@/lib/hypervisor/types";
import { type TokenScope, tokenScopes } from "@/lib/policies/permissions";
import { flushRefusals } from "@/lib/services/audit/audit-refusal";
import type { Context } from "@/lib/services/context";
import { addPopulation, type Ids } from "@/lib/services/testing/populate";
import { type Beginning, beginningOf, makeWorld, type World } from "@/lib/services/testing/world";
import { type ApiDoors, createApiHandler } from "../http/handle-api";
import type { Operation } from "../spec/operation";
import { apiBase, type OperationId, operations } from "../spec/operations";

export interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The body as JSON; undefined without one. */
  body: unknown;
}

export interface Asked {
  token?: string;
  headers?: Record<string, string>;
  /** A value is sent as JSON, a text as it is. */
  body?: unknown;
  text?: string;
}

export interface Api {
  url: string;
  /** Everything that was logged, as text. */
  logged: string[];
  /** A token of this person, with all scopes unless said otherwise. */
  tokenOf(ctx: Context, scopes?: readonly TokenScope[], projectId?: string): Promise<string>;
  send(method: string, path: string, asked?: Asked): Promise<Reply>;
  /** Calls an operation by its id, its input in one object. */
  call(id: OperationId, input: object, asked?: Asked): Promise<Reply>;
}

export interface ApiWorld extends Api {
  world: World;
  ids: Ids;
}

/** A world with rows of every kind, kept for many tests to begin with. */
export interface Populated {
  beginning: Beginning;
  ids: Ids;
  /** What runs on its host. */
  live: LiveVm[];
}

// Its rows take longer to write than most tests take.
const populated = kept(async (): Promise<Populated> => {
  const world = await makeWorld();
  const { ids, live } = await addPopulation(world);
  return { beginning: await beginningOf(world), ids, live: [live] };
});

/** The API on a port of its own, over a populated world whose host can only be looked at. */
export async function makeApiWorld(from?: Populated): Promise<ApiWorld> {
  const { beginning, ids, live } = from ?? (await populated());
  vi.stubEnv("NEXTAUTH_SECRET", "only-for-tests-".repeat(4));
  vi.stubEnv("PORTICO_DATA", join(await tempDir(), "data"));
  const world = await makeWorld(beginning);
  for (const vm of live) world.host.set(structuredClone(vm));
  return { ...(await serveApi(world.member)), world, ids };
}

/** The API over the database and hosts of this context. */
export async function serveApi(base: Omit<Context, "actor">): Promise<Api> {
  const { db } = base;
  const logged: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
  const doors: ApiDoors = {
    actorOf: (sender) => actorOfApiRequest(sender, db, base.clock()),
    secretOf: secretOfApiRequest,
    contextOf: (actor) => ({ ...base, actor, log, requestId: newId() }),
    visitorOf: ({ ip }) => {
      const { mail, clock } = base;
      return { db, mail, clock, requestId: newId(), ip, userAgent: "", cookie: null };
    },
    version: () => versionOf(db),
    log,
    https: false,
  };
  const handle = createApiHandler(doors);
  const server = http.createServer((req, res) => {
    handle(req, res).catch((error: unknown) => res.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    // What was counted is written while the database is still there.
    await flushRefusals(db);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send: Api["send"] = (method, path, asked = {}) =>
    ask(`${url}${apiBase}${path}`, method, asked);
  return {
    url,
    logged,
    send,
    call: (id, input, asked = {}) => {
      const { method, path, body } = requestOf(operations[id], input);
      return send(method, path, { ...(body === undefined ? {} : { body }), ...asked });
    },
    tokenOf: async (ctx, scopes = tokenScopes, projectId) => {
      const secret = newTokenSecret();
      await db.apiToken.create({
        data: {
          id: newId(),
          tokenHash: hashOfToken(secret) ?? "",
          hint: secret.slice(0, 12),
          name: `token of ${ctx.actor.name}`,
          userId: ctx.actor.userId,
          projectId,
          scopes: JSON.stringify(scopes),
          expiresAt: new Date(Date.now() + 30 * 86_400_000),
        },
      });
      return secret;
    },
  };
}

/** Method, path and body that say this input. */
export function requestOf(
  operation: Operation,
  input: object,
): { method: string; path: string; body: Record<string, unknown> | undefined } {
  const values = new Map<string, unknown>(Object.entries(input));
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = String(values.get(name));
    values.delete(name);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const name of Object.keys(operation.query.shape)) {
    if (values.has(name)) query.set(name, String(values.get(name)));
    values.delete(name);
  }
  const search = query.size === 0 ? "" : `?${query}`;
  const body =
    operation.body === null && values.size === 0 ? undefined : Object.fromEntries(values);
  return { method: operation.method, path: `${path}${search}`, body };
}

function ask(url: string, method: string, { token, headers, body, text }: Asked): Promise<Reply> {
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const all = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(payload === undefined
      ? {}
      : {
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(payload)),
        }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const req = http.request(url, { method, headers: all }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("error", reject);
      res.on("end", () => {
        const received = Buffer.concat(chunks).toString();
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text: received,
          body: received === "" ? undefined : JSON.parse(received),
        });
      });
    });
    req.on("error", reject);
    req.end(payload);
  });
}
