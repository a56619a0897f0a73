import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Host } from "@/lib/hypervisor/types";
import {
  type Bridge,
  type BridgeEnd,
  type CloseWith,
  muteFilter,
  openBridge,
  RfbFilter,
  type Target,
} from "@/lib/websockify";
import { consoleCloses } from "./closes";
import type { GuestScreen } from "./connect-guest";
import type { ConsoleAuthor, ConsoleDeps } from "./deps";
import type { ConsoleSession, ConsoleSessions } from "./sessions";
import { guestVerdict } from "./watch";

/** How long the host's own news may take to say why a guest's screen has ended. */
const newsMs = 500;

export interface Console {
  actor: ConsoleAuthor;
  session: ConsoleSession;
  sessions: ConsoleSessions;
  host: Host;
  /** Gives its place back. */
  leave: () => void;
}

const closes = {
  flood: consoleCloses.limits,
  not_established: consoleCloses.limits,
  unfinished_frame: consoleCloses.limits,
  stalled: consoleCloses.limits,
};

/**
 * Carries an accepted console until it ends, and writes both into the record. Its closures live as
 * long as the console, and so may not name what is of use only at its beginning.
 */
export function carry(
  deps: Pick<ConsoleDeps, "audit" | "log" | "pingMs">,
  console: Console,
  browser: { socket: Duplex; head: Buffer },
  screen: GuestScreen,
): Bridge {
  const { actor, session, sessions } = console;
  const serial = session.kind === "serial";
  const { target, greeting, opened } = screen;
  const bridge = openBridge({
    socket: browser.socket,
    head: browser.head,
    target,
    greeting,
    pingMs: deps.pingMs,
    ...(serial
      ? serialRules(session)
      : { filter: new RfbFilter(session.viewOnly, () => sessions.isMuted(session), opened) }),
    echoesEmpty: true,
    closes,
    onTargetEnd: () => (serial ? whySerialEnded(console, target) : whyEnded(console)),
    onEnd(end) {
      record(deps, { action: "console.close", actor, session, detail: factsOf(session, end) });
      console.leave();
    },
  });
  record(deps, { action: "console.open", actor, session, detail: whatOf(session) });
  return bridge;
}

/**
 * The screen has ended before the host said anything of the guest. Its news, which ends the
 * console by itself, is given a moment; then it is asked.
 */
async function whyEnded({ session, host }: Console): Promise<CloseWith> {
  await delay(newsMs);
  const vm = await host.inventory.refresh(session.uuid);
  return guestVerdict(session, vm) ?? consoleCloses.guestRestarted;
}

/** Its bytes mean nothing to us: all pass, or none do. */
function serialRules({ viewOnly }: ConsoleSession) {
  return viewOnly ? { filter: muteFilter } : {};
}

/** The port of a guest that runs on has ended: the way to libvirt did, or another reader has it. */
async function whySerialEnded(console: Console, target: Target): Promise<CloseWith> {
  const broken = target.socket.errored;
  const lost = broken !== null && "kind" in broken && broken.kind !== "refused";
  try {
    const { session, host } = console;
    await delay(newsMs);
    const verdict = guestVerdict(session, await host.inventory.refresh(session.uuid));
    return verdict ?? (lost ? consoleCloses.hostLost : consoleCloses.serialTaken);
  } catch {
    return consoleCloses.hostLost;
  }
}

function factsOf(session: ConsoleSession, end: BridgeEnd) {
  return {
    ...whatOf(session),
    endedBy: end.by,
    closeCode: end.code,
    toBrowserBytes: end.counters.fromTargetBytes,
    fromBrowserBytes: end.counters.fromBrowserBytes,
    seconds: Math.round((Date.now() - session.openedAt.getTime()) / 1000),
  };
}

function whatOf({ kind, viewOnly, via, shareId }: ConsoleSession) {
  return { kind, viewOnly, via, ...(shareId !== null && { shareId }) };
}

function record(
  deps: Pick<ConsoleDeps, "audit" | "log">,
  event: Parameters<ConsoleDeps["audit"]>[0],
): void {
  const { session, action, detail } = event;
  deps.log.info({ vmId: session.vmId, userId: session.userId, ...detail }, action);
  deps.audit(event).catch((error: unknown) => {
    deps.log.error({ err: error, vmId: session.vmId }, `${action} was not recorded`);
  });
}
