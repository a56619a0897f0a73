import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";
import type { VmState } from "@/lib/model/vm-state";

/** Why the picture stands still although it will come back by itself. */
export type LostReason =
  /** The socket broke or the portal cannot be reached: nobody knows more. */
  | "network"
  | "portal_restarting"
  | "guest_restarted"
  /** The portal answers, but says that it cannot give a console right now. */
  | "refused"
  | "busy"
  /** Nothing came for too long: a ticket, the first frame, or an answer to a probe. */
  | "silent"
  /** The stream could not be understood. */
  | "protocol";

/** Why there will be no picture unless a person does something. */
export type EndedReason =
  | "signed_out"
  | "forbidden"
  | "gone"
  | "access_ended"
  | "limits"
  | "unsupported"
  | "password"
  | "invalid"
  /** Somebody else reads the serial port. */
  | "taken"
  | "no_serial";

export type ConsoleState =
  /** Not started, or the VM is not made yet. */
  | { phase: "idle" }
  /** `after` is null on the way to the first picture. `attempt` counts from 1. */
  | { phase: "asking"; attempt: number; after: LostReason | null }
  | { phase: "connecting"; attempt: number; after: LostReason | null }
  | { phase: "connected" }
  /** `retryAtMs` is null while the page is hidden: nothing is tried then. */
  | {
      phase: "lost";
      reason: LostReason;
      attempt: number;
      retryAtMs: number | null;
      message: UserMessage | null;
    }
  | { phase: "guest_off"; vmState: VmState }
  | { phase: "ended"; reason: EndedReason; message: UserMessage | null; canRetry: boolean };

export type ConsolePhase = ConsoleState["phase"];

/** What the live inventory says of the guest. */
export interface GuestNow {
  state: VmState;
  /** Changes with every start; null when off. */
  bootId: string | null;
}

export interface ConsoleGrant {
  ticket: string;
  /** Path on the portal's own origin. */
  path: string;
  /** Names the console that comes of it, among those of the VM. */
  consoleId: string;
  /** The portal drops whatever is typed there. */
  viewOnly?: boolean;
  /** The screen is recorded while this console is open. */
  recorded?: boolean;
}

export type OpenTicket = (signal: AbortSignal) => Promise<ActionResult<ConsoleGrant>>;

/** The part of a WebSocket that the machine needs. */
export interface ConsoleSocket {
  addEventListener(
    type: "close",
    listener: (event: { code: number; reason: string }) => void,
  ): void;
  addEventListener(type: "message", listener: () => void): void;
  close(): void;
}

export interface AttachmentEvents {
  /** The first handshake with the guest's screen has succeeded. */
  connected(): void;
  failed(reason: "protocol" | "password"): void;
}

/** A viewer that reads and writes the socket. */
export interface ConsoleAttachment {
  /** Sends something that the guest's screen must answer. */
  probe(): void;
  /** Keeps the last frame, takes the live picture away, lets go of the socket. */
  detach(): void;
}

export interface ConsoleClock {
  nowMs(): number;
  /** Runs `callback` once after `delayMs`; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

export interface ConnectionDeps<S extends ConsoleSocket> {
  openTicket: OpenTicket;
  openSocket(path: string, protocols: string[]): S;
  attach(socket: S, events: AttachmentEvents): ConsoleAttachment;
  clock: ConsoleClock;
  /** 0 ≤ x < 1, for the jitter of the retries. */
  random(): number;
  /** Gets what the viewer threw; the connection itself goes on. */
  report(error: unknown): void;
}

export interface ConsoleConnection {
  getState(): ConsoleState;
  /** Returns the unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** Goes as far as the guest's state allows. */
  start(): void;
  guestChanged(guest: GuestNow): void;
  guestRemoved(): void;
  visibilityChanged(visible: boolean): void;
  /** The browser says that it is on a network again. */
  networkReturned(): void;
  /** A person asks to try again. */
  retryNow(): void;
  /** Ends everything; nothing is called back afterwards. */
  dispose(): void;
}
