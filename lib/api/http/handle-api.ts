import type { IncomingMessage, ServerResponse } from "node:http";
import { acceptedLocale, type Locale } from "@/i18n/locales";
import { checkOrigin } from "@/lib/auth/origin";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import type { Logger } from "@/lib/log";
import { AppError, isAppError } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { assertScope } from "@/lib/policies/can";
import { auditRefusal } from "@/lib/services/audit/audit-refusal";
import type { Context } from "@/lib/services/context";
import type { Visitor } from "@/lib/services/user/visitor";
import type { Say } from "../handlers/handler";
import { documentText } from "../openapi/document";
import { apiBase, operations } from "../spec/operations";
import { type Answer, send } from "./answer";
import { parseRequest } from "./parse-request";
import { countRequest } from "./rate-limit";
import { readBody } from "./read-body";
import { RequestProblem } from "./request-problem";
import { type Call, runOperation } from "./run-operation";
import { sayIn } from "./say";
import { SharedAnswers } from "./shared-answers";
import { toProblem } from "./to-problem";
import { Understood } from "./understood";

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

const documentPath = `${apiBase}/openapi.json`;

export type ApiHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * The handler of `/api/v1`. It stands before Next, whose own work for a request is many times
 * that of a list. Nothing here decides what somebody may: that is the use cases' matter.
 */
export function createApiHandler(doors: ApiDoors): ApiHandler {
  const kept = { shared: new SharedAnswers(doors.version), understood: new Understood() };
  return (req, res) => new ApiRequest(doors, req, kept).serve(res);
}

/** What one request leaves for the next. */
interface KeptForAll {
  shared: SharedAnswers;
  understood: Understood;
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
    private readonly kept: KeptForAll,
  ) {
    const { authorization, cookie, "user-agent": userAgent } = req.headers;
    const address = req.headers[clientAddressHeader];
    const ip = typeof address === "string" ? address : "unknown";
    this.sender = { authorization, cookie, ip, userAgent };
    this.locale = acceptedLocale(req.headers["accept-language"] ?? null);
    this.say = sayIn(this.locale);
  }

  // Few promises: under load each costs more than what it waits for.
  async serve(res: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.run();
    } catch (error) {
      answer = await this.refuse(error);
    }
    send(res, answer, { headers: this.headers, https: this.doors.https });
  }

  private async run(): Promise<Answer> {
    const { method = "", url = "/", headers } = this.req;
    if (method === "GET" && url.split("?", 1)[0] === documentPath) return documentAnswer();
    const { shared, understood } = this.kept;
    const asked = understood.ask(method, url);
    const found = this.doors.actorOf(this.sender);
    // Nothing is waited for that is known.
    const ctx = this.enter(found instanceof Promise ? await found : found);
    Object.assign(this.headers, await countRequest(ctx.actor.sessionId));
    this.checkBrowser(ctx.actor);
    const { id } = asked;
    const operation = operations[id];
    if (operation.scope !== null) assertScope(ctx.actor, operation.scope);
    const bodied = bringsBody(this.req);
    const body = bodied ? await readBody(this.req) : undefined;
    const input = asked.input ?? parseRequest(operation, { ...asked, body });
    if (asked.input === null && !bodied && method === "GET") {
      understood.keep(method, url, { ...asked, input });
    }
    const call: Call = {
      id,
      input,
      locale: this.locale,
      key: headers["idempotency-key"],
      secret: async () => (await this.doors.secretOf(this.sender)) ?? "",
    };
    if (!operation.shared) return runOperation(ctx, call);
    const key = `${id} ${this.locale} ${url} ${rightsOf(ctx.actor)}`;
    return shared.ask(ctx, { key, keep: operation.kept }, (own) => runOperation(own, call));
  }

  private enter(actor: Actor | null): Context {
    if (actor === null) throw new AppError({ code: "auth.required", message: "no credential" });
    this.ctx = this.doors.contextOf(actor);
    this.headers = { "X-Request-Id": this.ctx.requestId };
    return this.ctx;
  }

  /** Only what a browser sends by itself, its cookie, can be abused by another site's page. */
  private checkBrowser({ token }: Actor): void {
    const { origin, host, cookie } = this.req.headers;
    if (token === null && this.req.method !== "GET") checkOrigin({ origin, host, cookie });
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
    const headers: Record<string, string> = { "X-Request-Id": requestId, ...problem.headers };
    // What has not been read of a body is not worth reading, and must not be the next request.
    if (bringsBody(this.req) && !this.req.complete) headers.Connection = "close";
    return { ...problem, headers };
  }
}

const rights = new WeakMap<Actor, string>();

/** Everything of an actor that decides what is in an answer that people share. */
function rightsOf(actor: Actor): string {
  const known = rights.get(actor);
  if (known !== undefined) return known;
  const { isAdmin, isAuditor, memberships, token } = actor;
  const text = JSON.stringify([isAdmin, isAuditor, memberships, token?.scopes ?? null]);
  rights.set(actor, text);
  return text;
}

function bringsBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function documentAnswer(): Answer {
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-cache" };
  return { status: 200, headers, body: documentText() };
}
