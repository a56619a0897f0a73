import type { Duplex } from "node:stream";
import { consoleProtocol, levelOfProtocol } from "@/lib/model/console-protocols";
import { AppError, type ErrorCode, isAppError } from "@/lib/model/errors";
import { firstPictureRequest } from "@/lib/model/first-picture";
import {
  acceptHandshake,
  type Bridge,
  type CloseWith,
  endWebSocket,
  type Handshake,
} from "@/lib/websockify";
import type { Admission } from "./admit";
import { carry } from "./carry";
import { consoleCloses } from "./closes";
import { connectGuest, type GuestScreen } from "./connect-guest";
import { connectSerial } from "./connect-serial";
import type { ConsoleAuthor, ConsoleDeps } from "./deps";
import { type ConsoleSession, type Cut, consoleSessions, type NoRoom } from "./sessions";

export interface Browser {
  socket: Duplex;
  head: Buffer;
  handshake: Handshake;
  /** For the record. */
  author: ConsoleAuthor;
  /** Whether who sits there still may, asked anew. */
  mayStill(): Promise<boolean>;
}

/**
 * Opens an admitted console: takes a place, connects to the guest and asks meanwhile once more
 * whether who looks may, and only then answers 101. From the moment the place is taken, whatever
 * ends the right to look ends the attempt. That another reader has the serial port is said after
 * 101, by a close code, since a browser cannot read a status. Throws `rate.limited` without a
 * place, `auth.forbidden` when the right ended meanwhile, and what `connectGuest` throws.
 */
export async function openScreen(
  deps: ConsoleDeps,
  admission: Admission,
  browser: Browser,
): Promise<void> {
  const { host, grant } = admission;
  const { author } = browser;
  const session = sessionOf(admission);
  const sessions = deps.sessions ?? consoleSessions();
  const { vmId, kind } = session;
  if (grant.takeOver) sessions.cut({ vmId, kind }, consoleCloses.serialTaken);
  const attempt = new AbortController();
  const place = sessions.enter(session, (close) => attempt.abort(endedEarly(close, session)));
  if ("noRoom" in place) throw noRoom(place.noRoom, session);
  const browserGone = () => attempt.abort(new Error("the browser is gone"));
  browser.socket.once("close", browserGone);
  try {
    const guest = { host, uuid: session.uuid, bootId: session.bootId };
    const opened = browser.handshake.protocols.find((each) => levelOfProtocol(each) !== null);
    const level = opened === undefined ? null : levelOfProtocol(opened);
    const opening = level === null ? {} : { opening: firstPictureRequest(level) };
    const connecting =
      kind === "serial"
        ? connectSerial(deps, { ...guest, takeOver: grant.takeOver }, attempt.signal)
        : connectGuest(deps, { ...guest, ...opening }, attempt.signal);
    // Meanwhile, for what ends the right from here on is heard by the place.
    const stillMay = browser.mayStill();
    stillMay.catch(() => undefined);
    const screen = await connecting;
    await assertStillAllowed(stillMay, session, screen, attempt.signal);
    const protocol = screen.opened ? opened : consoleProtocol;
    acceptHandshake(browser.socket, browser.handshake, protocol);
    const { leave } = place;
    const console = { actor: author, session, host, sessions, leave };
    place.cutBy(cutOf(carry(deps, console, browser, screen)));
  } catch (error) {
    place.leave();
    if (!isAppError(error, "conflict.rule")) throw error;
    acceptHandshake(browser.socket, browser.handshake, consoleProtocol);
    endWebSocket(browser.socket, consoleCloses.serialTaken);
  } finally {
    browser.socket.removeListener("close", browserGone);
  }
}

/** Apart: a closure that is made above would keep all of the attempt for as long as the console. */
function cutOf(bridge: Bridge): Cut {
  return ({ code, reason }) => bridge.close(code, reason);
}

function sessionOf({ grant, vm, host, viewer }: Admission): ConsoleSession {
  return {
    id: grant.id,
    vmId: vm.id,
    vmName: vm.name,
    projectId: vm.projectId,
    hostId: host.id,
    uuid: vm.uuid,
    bootId: grant.bootId,
    kind: grant.kind,
    via: viewer.via,
    shareId: viewer.shareId,
    userId: viewer.userId,
    userName: viewer.userName,
    sessionId: viewer.sessionId,
    viewOnly: grant.viewOnly,
    openedAt: new Date(),
  };
}

async function assertStillAllowed(
  stillMay: Promise<boolean>,
  session: ConsoleSession,
  screen: GuestScreen,
  signal: AbortSignal,
): Promise<void> {
  let may = false;
  try {
    may = await stillMay;
  } finally {
    if (!may || signal.aborted) screen.target.socket.destroy();
  }
  if (may && !signal.aborted) return;
  signal.throwIfAborted();
  throw endedEarly(consoleCloses.accessEnded, session);
}

/** What ended a console before it was open, as an answer in HTTP. */
function endedEarly(close: CloseWith, session: ConsoleSession): AppError {
  const codes: Record<number, ErrorCode> = {
    [consoleCloses.accessEnded.code]: "auth.forbidden",
    [consoleCloses.portalGoingAway.code]: "host.unreachable",
  };
  return new AppError({
    code: codes[close.code] ?? "vm.bad_state",
    message: `console of vm ${session.vmId} ended while it was opened: ${close.reason}`,
  });
}

function noRoom(reason: NoRoom, session: ConsoleSession): AppError {
  if (reason === "stopping") {
    return new AppError({ code: "host.unreachable", message: "the portal is going away" });
  }
  const whose = reason === "vm" ? session.vmId : session.userId;
  return new AppError({
    code: "rate.limited",
    message: `no more consoles (${session.via}) for ${reason} ${whose}`,
  });
}
