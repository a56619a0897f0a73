import type { ErrorCode } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";
import { createConnection } from "./connection";
import type {
  AttachmentEvents,
  ConsoleGrant,
  ConsoleSocket,
  ConsoleState,
  GuestNow,
} from "./connection-state";

/** A clock that stands still until told to move. */
export function fakeClock() {
  let nowMs = 0;
  let timers: { atMs: number; callback: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after(delayMs: number, callback: () => void) {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    pending: () => timers.length,
    /** Moves time and runs what falls due, in order. */
    advance(byMs: number) {
      const untilMs = nowMs + byMs;
      for (;;) {
        const due = timers.filter((each) => each.atMs <= untilMs);
        const next = due.sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        nowMs = next.atMs;
        next.callback();
      }
      nowMs = untilMs;
    },
  };
}

/** A socket whose other end is the test. */
export class ScriptedSocket implements ConsoleSocket {
  readonly path: string;
  readonly protocols: string[];
  closedByUs = false;
  private readonly closeListeners: ((event: { code: number; reason: string }) => void)[] = [];
  private readonly messageListeners: (() => void)[] = [];

  constructor(path: string, protocols: string[]) {
    this.path = path;
    this.protocols = protocols;
  }

  addEventListener(type: "close" | "message", listener: never): void {
    if (type === "close") this.closeListeners.push(listener);
    else this.messageListeners.push(listener);
  }

  close(): void {
    this.closedByUs = true;
  }

  serverCloses(code: number, reason = ""): void {
    for (const listener of this.closeListeners) listener({ code, reason });
  }

  serverSends(): void {
    for (const listener of this.messageListeners) listener();
  }
}

export function refusal(
  code: ErrorCode,
  details: Record<string, unknown> = {},
): ActionResult<never> {
  return { ok: false, error: { code, message: { key: code }, fields: {}, details } };
}

/** A connection on a fake clock, with scripted tickets and sockets. */
export function rig(options: { guest?: GuestNow; visible?: boolean } = {}) {
  const clock = fakeClock();
  const sockets: ScriptedSocket[] = [];
  const viewers: { events: AttachmentEvents; probes: number; detached: boolean }[] = [];
  const reported: unknown[] = [];
  const history: ConsoleState[] = [];
  const asked: { signal: AbortSignal; answer: (result: ActionResult<ConsoleGrant>) => void }[] = [];
  const script: {
    /** What the next tickets get; null breaks the call, "hang" never answers. */
    ticket: (ActionResult<ConsoleGrant> | null | "hang")[];
    attachThrows: boolean;
  } = { ticket: [], attachThrows: false };

  const connection = createConnection<ScriptedSocket>(
    {
      clock,
      random: () => 0.5,
      report: (error) => reported.push(error),
      openTicket: (signal) =>
        new Promise((resolve, reject) => {
          asked.push({ signal, answer: resolve });
          const next = script.ticket.shift();
          if (next === null) reject(new TypeError("Failed to fetch"));
          else if (next === undefined) {
            resolve({
              ok: true,
              value: { ticket: `t${asked.length}`, path: "/console", consoleId: "c" },
            });
          } else if (next !== "hang") resolve(next);
        }),
      openSocket: (path, protocols) => {
        const socket = new ScriptedSocket(path, protocols);
        sockets.push(socket);
        return socket;
      },
      attach: (_socket, events) => {
        if (script.attachThrows) throw new Error("no canvas");
        const viewer = { events, probes: 0, detached: false };
        viewers.push(viewer);
        return {
          probe: () => {
            viewer.probes += 1;
          },
          detach: () => {
            viewer.detached = true;
          },
        };
      },
    },
    { guest: options.guest ?? running("boot-1"), visible: options.visible ?? true },
  );
  connection.subscribe(() => history.push(connection.getState()));

  /** Lets the promises of the tickets settle. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }

  function lastSocket(): ScriptedSocket {
    const socket = sockets.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  function lastViewer() {
    const viewer = viewers.at(-1);
    if (!viewer) throw new Error("no viewer was attached");
    return viewer;
  }

  return {
    connection,
    clock,
    sockets,
    viewers,
    reported,
    history,
    asked,
    script,
    settle,
    lastSocket,
    lastViewer,
    state: () => connection.getState(),
    phase: () => connection.getState().phase,
    async advance(byMs: number) {
      clock.advance(byMs);
      await settle();
    },
    /** From the start to a live picture. */
    async connect() {
      connection.start();
      await settle();
      lastViewer().events.connected();
    },
    /** The running try becomes a live picture. */
    async comesBack() {
      await settle();
      lastViewer().events.connected();
    },
  };
}

export function running(bootId: string): GuestNow {
  return { state: "running", bootId };
}

export const off: GuestNow = { state: "off", bootId: null };
