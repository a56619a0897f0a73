import type { Duplex } from "node:stream";
import { closeCode } from "./close-code";
import type { PulseVerdict } from "./pulse";
import type { Target } from "./target";

/** Why and how a console connection ends; the reason travels in the close frame. */
export interface CloseWith {
  code: number;
  reason: string;
}

/** Looks at what the browser sends; throws to end the connection. */
export interface ClientFilter {
  push(chunk: Buffer): Buffer;
  /** Whether the client is through its handshake with the server behind. */
  readonly established: boolean;
}

export interface BridgeOptions {
  /** The browser's connection, after 101. The bridge owns it from now on, and the target too. */
  socket: Duplex;
  /** Bytes that came with the upgrade request. */
  head?: Buffer;
  target: Target;
  /** Bytes already read from the target. */
  greeting?: Buffer;
  filter?: ClientFilter;
  /**
   * Answers an empty message by an empty one, behind what was sent before: how a page asks whether
   * anybody is there, when what is behind may be silent for good reasons, and how long its way is.
   */
  echoesEmpty?: boolean;
  /** Between pings; a peer that says nothing from one ping to the next is dead. Default 25 s. */
  pingMs?: number;
  /** Within this the filter has to be `established`. Default 15 s. */
  establishMs?: number;
  /** Codes for what the bridge itself finds. */
  closes?: Partial<Record<BridgeFinding, CloseWith>>;
  /** Asked when the target ends; the answer is what the browser gets. */
  onTargetEnd?(): CloseWith | Promise<CloseWith>;
  /** Called when both sides are gone. */
  onEnd?(end: BridgeEnd): void;
}

export type BridgeFinding = "filtered" | "flood" | "not_established" | PulseVerdict;

export interface BridgeCounters {
  fromTargetBytes: number;
  fromBrowserBytes: number;
  /** Frames sent to the browser and runs of payload sent to the target. */
  toBrowserWrites: number;
  toTargetWrites: number;
  /** How often reading one side was paused because the other did not take it. */
  targetPauses: number;
  browserPauses: number;
  /** Bytes that wait in this process, now and at most so far. */
  waitingBytes: number;
  maxWaitingBytes: number;
}

export interface BridgeEnd {
  /** Who ended it. `lost`: the browser's connection was cut without a close frame. */
  by: "portal" | "browser" | "lost";
  code: number;
  reason: string;
  counters: BridgeCounters;
}

export interface Bridge {
  /** Sends the close frame and ends both sides within a second. The first call counts. */
  close(code: number, reason: string): void;
  counters(): BridgeCounters;
  /** Resolves when both sides are gone. */
  readonly ended: Promise<BridgeEnd>;
}

/** What the browser gets when the bridge itself ends the connection and nothing else was said. */
export const defaultCloses: Record<BridgeFinding, CloseWith> = {
  filtered: { code: closeCode.policyViolation, reason: "protocol" },
  flood: { code: closeCode.policyViolation, reason: "limits" },
  not_established: { code: closeCode.policyViolation, reason: "limits" },
  unfinished_frame: { code: closeCode.policyViolation, reason: "limits" },
  stalled: { code: closeCode.policyViolation, reason: "limits" },
  dead: { code: closeCode.goingAway, reason: "dead" },
};
