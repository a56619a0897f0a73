import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import { visitSecretsIn } from "@/lib/auth/visit-cookie";
import { type Admission, admit } from "@/lib/console/admit";
import { admitVisitor } from "@/lib/console/admit-visitor";
import { consoleAttempts } from "@/lib/console/attempts";
import { consoleCloses } from "@/lib/console/closes";
import type { ConsoleAuthor, ConsoleDeps } from "@/lib/console/deps";
import { type Browser, openScreen } from "@/lib/console/open-screen";
import { isOwnOrigin } from "@/lib/console/origin";
import { type ConsoleSessions, consoleSessions } from "@/lib/console/sessions";
import { openVisitsById, visitOfSession } from "@/lib/console/visit";
import { watchConsoles } from "@/lib/console/watch";
import { consoleProtocol } from "@/lib/model/console-protocols";
import { AppError, httpStatusOf, isAppError } from "@/lib/model/errors";
import { can } from "@/lib/policies/can";
import { type Handshake, type Refusal, readHandshake, refuseHandshake } from "@/lib/websockify";

/** For people and programs of the portal, and for who came by a link. */
export const consolePaths = { own: "/console", visitor: "/share/console" } as const;
const ticketPrefix = "ticket.";

/**
 * Answers an upgrade request for a console: everything that speaks against it is said in HTTP
 * before 101. After that, bytes go to and fro until the browser, the guest, the portal or the end
 * of the right ends it; the close code says which.
 */
export function handleConsoleUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  deps: ConsoleDeps,
): void {
  // Nobody else listens for errors until the answer is given.
  socket.on("error", ignore);
  const address = String(req.headers[clientAddressHeader] ?? req.socket.remoteAddress ?? "");
  const finished = consoleAttempts().begin(address);
  if (finished === null) {
    refuseHandshake(socket, { status: 429, text: "rate.limited" });
    const error = new AppError({ code: "rate.limited", message: "too many consoles at once" });
    record(deps.refused({ actor: null, ip: address, error }), deps);
    return;
  }
  watchOnce(deps);
  answer(req, socket, head, address, deps)
    .catch((error: unknown) => {
      refuseHandshake(socket, refusalOf(error, address, deps));
      record(refused(req, address, deps, error), deps);
    })
    .finally(finished);
}

/** Of nobody's making: one that is made in a function keeps the request for as long as the console. */
function ignore(): void {}

/** Tells all consoles that the portal goes away (1001); resolves when they are gone. */
export function stopConsoles(sessions = consoleSessions()): Promise<void> {
  watched.get(sessions)?.();
  watched.delete(sessions);
  return sessions.stop(consoleCloses.portalGoingAway);
}

const watched = new WeakMap<ConsoleSessions, () => void>();

/** One watch ends all consoles, however many there are. */
function watchOnce(deps: ConsoleDeps): void {
  const sessions = deps.sessions ?? consoleSessions();
  if (!watched.has(sessions)) watched.set(sessions, watchConsoles(deps, sessions));
}

async function answer(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  address: string,
  deps: ConsoleDeps,
): Promise<void> {
  const byLink = req.url === consolePaths.visitor;
  if (!byLink && req.url !== consolePaths.own) {
    return refuseHandshake(socket, { status: 404, text: "not_found" });
  }
  const read = readHandshake(req);
  if (!read.ok) return refuseHandshake(socket, read.refusal);
  const { handshake } = read;
  if (!handshake.protocols.includes(consoleProtocol)) {
    return refuseHandshake(socket, { status: 400, text: `${consoleProtocol} not offered` });
  }
  const { authorization } = req.headers;
  // A program's token is sent by nobody's browser: only a cookie needs an own Origin.
  if ((byLink || authorization === undefined) && !isOwnOrigin(req.headers, deps.origin)) {
    const message = `console from origin ${req.headers.origin ?? "(none)"}`;
    throw new AppError({ code: "auth.forbidden", message });
  }
  const who = byLink ? visitorOf : personOf;
  const { admission, author, mayStill } = await who(req, address, ticketOf(handshake), deps);
  await openScreen(deps, admission, { socket, head, handshake, author, mayStill });
}

type Admitted = { admission: Admission } & Pick<Browser, "author" | "mayStill">;

async function personOf(
  req: IncomingMessage,
  ip: string,
  ticket: string,
  deps: ConsoleDeps,
): Promise<Admitted> {
  const { authorization, cookie, "user-agent": userAgent } = req.headers;
  const actorNow = () => deps.actorOf({ authorization, cookie, ip, userAgent });
  const actor = await actorNow();
  if (actor === null) {
    throw new AppError({ code: "auth.required", message: "console without a session" });
  }
  const admission = await admit(deps, actor, ticket);
  const { userId, name, token } = actor;
  return {
    admission,
    // Kept as long as the console: not all that is known of him.
    author: { userId, name, ip: actor.ip, token: token && { id: token.id } },
    async mayStill() {
      const now = await actorNow();
      if (now?.sessionId !== actor.sessionId) return false;
      return can(now, "vm.console", admission.vm.projectId);
    },
  };
}

async function visitorOf(
  req: IncomingMessage,
  ip: string,
  ticket: string,
  deps: ConsoleDeps,
): Promise<Admitted> {
  const admission = await admitVisitor(deps, visitSecretsIn(req.headers.cookie), ticket);
  const { userName, sessionId } = admission.viewer;
  const author: ConsoleAuthor = { userId: null, name: userName, ip, token: null };
  const ids = [visitOfSession(sessionId) ?? ""];
  const mayStill = async () => (await openVisitsById(deps.db, ids, new Date())).length === 1;
  return { admission, author, mayStill };
}

/** The ticket travels as a sub-protocol, so that it is in no URL and no access log. */
function ticketOf({ protocols }: Handshake): string {
  const tickets = protocols.filter((each) => each.startsWith(ticketPrefix));
  return tickets.length === 1 ? (tickets[0] ?? "").slice(ticketPrefix.length) : "";
}

/** Tells the record who was refused; looked up once more, since the error may have come first. */
async function refused(
  req: IncomingMessage,
  ip: string,
  deps: ConsoleDeps,
  error: unknown,
): Promise<void> {
  const { authorization, cookie, "user-agent": userAgent } = req.headers;
  const actor = await deps.actorOf({ authorization, cookie, ip, userAgent });
  await deps.refused({ actor, ip, error });
}

/** The client has its answer already. */
function record(work: Promise<void>, deps: ConsoleDeps): void {
  work.catch((error: unknown) => deps.log.error({ err: error }, "a refusal was not recorded"));
}

/** Status and code of the error; its message is for the log alone. */
function refusalOf(error: unknown, address: string, deps: ConsoleDeps): Refusal {
  if (!isAppError(error)) {
    deps.log.error({ err: error, ip: address }, "a console could not be opened");
    return { status: 503, text: "internal" };
  }
  deps.log.info({ err: error, ip: address }, "console refused");
  const status = httpStatusOf[error.code];
  return { status: status < 500 ? status : 503, text: error.code };
}
