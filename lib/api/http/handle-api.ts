import type { IncomingMessage, ServerResponse } from "node:http";
import { acceptedLocale, type Locale } from "@/i18n/locales";
import { checkOrigin } from "@/lib/auth/origin";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import type { Logger } from "@/lib/log";
import { AppError, isAppError, notFound } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { assertScope } from "@/lib/policies/can";
import { auditRefusal } from "@/lib/services/audit/audit-refusal";
import type { Context } from "@/lib/services/context";
import type { Visitor } from "@/lib/services/user/visitor";
import type { Say } from "../handlers/handler";
import { documentText } from "../openapi/document";
import { apiBase, operations } from "../spec/operations";
import { type Answer, send } from "./answer";
import { allowedMethods, matchPath } from "./match-path";
import { parseRequest } from "./parse-request";
import { countRequest } from "./rate-limit";
import { readBody } from "./read-body";
import { RequestProblem } from "./request-problem";
import { type Call, runOperation } from "./run-operation";
import { sayIn } from "./say";
import { SharedAnswers } from "./shared-answers";
import { toProblem } from "./to-problem";

/** What a request says about its sender. */
export interface Sender {
  authorization: string | undefined;
  cookie: string | undefined;
  ip: string;
  userAgent: string | undefined;
}

export interface ApiDoors {
  /** Who sends the request, or null. */
  actorOf(sender: Sender): Actor | null | Promise<Actor | null>;
  /** The token's or session's secret, of a request that has an actor. */
  secretOf(sender: Sender): Promise<string | null>;
  contextOf(actor: Actor): Context;
  visitorOf(sender: Sender): Visitor;
  /** Names the state of the database: while it stays the same, no row has changed. */
  version(): string | Promise<string>;
  /** For what is nobody's request. */
  log: Logger;
  /** Whether people reach the portal by https. */
  https: boolean;
}

export type ApiHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * The handler of `/api/v1`. It stands before Next, whose own work for a request is many times
 * that of a list. Nothing here decides what somebody may: that is the use cases' matter.
 */
export function createApiHandler(doors: ApiDoors): ApiHandler {
  const shared = new SharedAnswers(doors.version);
  return async (req, res) => {
    const request = new ApiRequest(doors, req, shared);
    send(res, await request.answer(), doors.https);
  };
}

/** One request on its way to its answer. */
class ApiRequest {
  private readonly sender: Sender;
  private readonly locale: Locale;
  private readonly say: Say;
  /** Null until it is known who asks. */
  private ctx: Context | null = null;
  private headers: Record<string, string> = {};

  constructor(
    private readonly doors: ApiDoors,
    private readonly req: IncomingMessage,
    private readonly shared: SharedAnswers,
  ) {
    const { authorization, cookie, "user-agent": userAgent } = req.headers;
    const address = req.headers[clientAddressHeader];
    const ip = typeof address === "string" ? address : "unknown";
    this.sender = { authorization, cookie, ip, userAgent };
    this.locale = acceptedLocale(req.headers["accept-language"] ?? null);
    this.say = sayIn(this.locale);
  }

  async answer(): Promise<Answer> {
    try {
      const answer = await this.run();
      return { ...answer, headers: { ...this.headers, ...answer.headers } };
    } catch (error) {
      return this.refuse(error);
    }
  }

  private async run(): Promise<Answer> {
    const url = new URL(this.req.url ?? "/", "http://portal");
    const path = url.pathname.slice(apiBase.length);
    const method = this.req.method ?? "";
    if (path === "/openapi.json" && method === "GET") return documentAnswer();
    const match = matchPath(path);
    if (match === null) throw notFound("this path");
    const id = match.byMethod.get(method);
    if (id === undefined) {
      const headers = { Allow: allowedMethods(match) };
      throw new RequestProblem("request.method", `${method} ${path}`, headers);
    }
    const ctx = await this.authenticate();
    const operation = operations[id];
    if (operation.scope !== null) assertScope(ctx.actor, operation.scope);
    const body = bringsBody(this.req) ? await readBody(this.req) : undefined;
    const given = { params: match.params, query: url.searchParams, body };
    const call: Call = {
      id,
      input: parseRequest(operation, given),
      locale: this.locale,
      key: this.req.headers["idempotency-key"],
      secret: async () => (await this.doors.secretOf(this.sender)) ?? "",
    };
    if (!operation.shared) return runOperation(ctx, call);
    const key = JSON.stringify([id, this.locale, this.req.url, rightsOf(ctx.actor)]);
    return this.shared.ask(ctx, { key, keep: operation.kept }, (own) => runOperation(own, call));
  }

  private async authenticate(): Promise<Context> {
    const asked = this.doors.actorOf(this.sender);
    // Nothing is waited for that is known: under load that is most of what a request costs.
    const actor = asked instanceof Promise ? await asked : asked;
    if (actor === null) throw new AppError({ code: "auth.required", message: "no credential" });
    this.ctx = this.doors.contextOf(actor);
    this.headers = { "X-Request-Id": this.ctx.requestId };
    Object.assign(this.headers, await countRequest(actor.sessionId));
    const { origin, host, cookie } = this.req.headers;
    // Only what a browser sends by itself, its cookie, can be abused by another site's page.
    if (actor.token === null && this.req.method !== "GET") checkOrigin({ origin, host, cookie });
    return this.ctx;
  }

  private async refuse(error: unknown): Promise<Answer> {
    const who = this.ctx ?? this.doors.visitorOf(this.sender);
    const { requestId } = who;
    if (!isAppError(error) && !(error instanceof RequestProblem)) {
      const log = this.ctx?.log ?? this.doors.log;
      log.error({ err: error, requestId }, "an API request failed");
    }
    await auditRefusal(who, error, "api");
    const problem = toProblem(error, requestId, this.say);
    const headers: Record<string, string> = {
      ...this.headers,
      "X-Request-Id": requestId,
      ...problem.headers,
    };
    // What has not been read of a body is not worth reading, and must not be the next request.
    if (bringsBody(this.req) && !this.req.complete) headers.Connection = "close";
    return { ...problem, headers };
  }
}

/** Everything of an actor that decides what is in an answer that people share. */
function rightsOf({ isAdmin, isAuditor, memberships, token }: Actor) {
  return [isAdmin, isAuditor, memberships, token?.scopes ?? null];
}

function bringsBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function documentAnswer(): Answer {
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-cache" };
  return { status: 200, headers, body: documentText() };
}
