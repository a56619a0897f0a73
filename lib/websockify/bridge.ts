import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import {
  type Bridge,
  type BridgeCounters,
  type BridgeEnd,
  type BridgeFinding,
  type BridgeOptions,
  defaultCloses,
} from "./bridge-options";
import { BrowserFrames, type BrowserSide } from "./browser-frames";
import { closeCode } from "./close-code";
import { closeFrame, controlFrame, emptyMessage, headerRoom, writeBinaryHeader } from "./encode";
import { FrameParser } from "./frame";
import { Pulse, type PulseProbe } from "./pulse";
import { giveSlab, takeSlab } from "./slab";
import type { Target } from "./target";

const defaultPingMs = 25_000;
const defaultEstablishMs = 15_000;
const closingMs = 1_000;
/** Pings and pongs that a peer may send from beat to beat; browsers send none by themselves. */
const maxControlFrames = 200;
const abnormal = 1006;
const binaryOnly = { acceptText: false };
const noPayload = Buffer.alloc(0);

/**
 * Carries bytes between a browser's WebSocket and a raw stream until either ends. Reads from one
 * side only as fast as the other takes it, so that at most one read of each direction waits here.
 */
export function openBridge(options: BridgeOptions): Bridge {
  return new RunningBridge(options);
}

/**
 * There are thousands of these, most of them idle: what is needed for the beginning alone (options,
 * the greeting, bytes that came with the request) is not kept, and nothing is a closure that can be
 * a method.
 */
class RunningBridge implements Bridge, BrowserSide, PulseProbe {
  private readonly browser: Duplex;
  private readonly target: Target;
  private readonly filter: BridgeOptions["filter"];
  private readonly closes: BridgeOptions["closes"];
  private readonly onTargetEnd: BridgeOptions["onTargetEnd"];
  private readonly onEnd: BridgeOptions["onEnd"];
  private readonly echoesEmpty: boolean;
  private readonly parser: FrameParser;
  private readonly pulse: Pulse;
  private readonly beatTimer: NodeJS.Timeout;
  /** Until the filter is `established`, and again once the browser has been told the end. */
  private patienceTimer: NodeJS.Timeout | null = null;
  private end: Omit<BridgeEnd, "counters"> | null = null;
  private whenGone: Promise<BridgeEnd> | null = null;
  private tellGone: (end: BridgeEnd) => void = ignore;
  private gone = false;
  private targetEnding = false;
  /** Holds the frame that the browser has not taken; nothing more is read meanwhile. */
  private waitingSlab: Buffer | null = null;
  private waitingPong: Buffer | null = null;
  private waitingEcho = false;
  private browserPaused = false;
  private arrivedBytes = 0;
  private controlFrames = 0;
  private fromTargetBytes = 0;
  private fromBrowserBytes = 0;
  private toBrowserWrites = 0;
  private toTargetWrites = 0;
  private targetPauses = 0;
  private browserPauses = 0;
  private maxWaitingBytes = 0;

  constructor(options: BridgeOptions) {
    this.browser = options.socket;
    this.target = options.target;
    this.filter = options.filter;
    this.closes = options.closes;
    this.onTargetEnd = options.onTargetEnd;
    this.onEnd = options.onEnd;
    this.echoesEmpty = options.echoesEmpty ?? false;
    this.parser = new FrameParser(new BrowserFrames(this), binaryOnly);
    this.pulse = new Pulse(this);
    this.beatTimer = setInterval(beat, options.pingMs ?? defaultPingMs, this);
    if (this.filter !== undefined) {
      const ms = options.establishMs ?? defaultEstablishMs;
      this.patienceTimer = setTimeout(giveUp, ms, this);
    }
    this.listen(options);
  }

  get ended(): Promise<BridgeEnd> {
    this.whenGone ??= new Promise((resolve) => {
      if (this.gone && this.end !== null) resolve({ ...this.end, counters: this.counters() });
      else this.tellGone = resolve;
    });
    return this.whenGone;
  }

  close(code: number, reason: string): void {
    this.stop({ by: "portal", code, reason }, closeFrame(code, reason));
  }

  counters(): BridgeCounters {
    return {
      fromTargetBytes: this.fromTargetBytes,
      fromBrowserBytes: this.fromBrowserBytes,
      toBrowserWrites: this.toBrowserWrites,
      toTargetWrites: this.toTargetWrites,
      targetPauses: this.targetPauses,
      browserPauses: this.browserPauses,
      waitingBytes: this.waitingBytes(),
      maxWaitingBytes: this.maxWaitingBytes,
    };
  }

  receivedBytes(): number {
    return this.arrivedBytes;
  }

  unfinishedFrame(): number | null {
    return this.parser.unfinishedFrame;
  }

  /** While the target does not take input, the browser is not read, and its silence means nothing. */
  waitingWrite(): number | null {
    if (this.browserPaused) return -this.toTargetWrites;
    return this.browser.writableLength > 0 ? this.toBrowserWrites : null;
  }

  private waitingBytes(): number {
    return this.browser.writableLength + this.target.socket.writableLength;
  }

  private listen({ greeting, head }: BridgeOptions): void {
    const { browser, target } = this;
    if (browser instanceof Socket) browser.setNoDelay(true).setTimeout(0);
    browser.on("error", ignore);
    browser.on("close", () => this.browserGone());
    browser.on("end", () => this.browserEnded());
    target.socket.on("close", () => this.targetGone());
    if (greeting !== undefined && greeting.length > 0) this.toBrowser(greeting, greeting.length);
    target.receive((buffer, length) => this.toBrowser(buffer, length));
    if (this.waitingSlab !== null) target.socket.pause();
    if (head !== undefined && head.length > 0) this.fromBrowser(head);
    browser.on("data", (chunk: Buffer) => this.fromBrowser(chunk));
  }

  /** Frames what was read from the target; false pauses the target. */
  private toBrowser(buffer: Buffer, length: number): boolean {
    if (this.end !== null) return false;
    this.fromTargetBytes += length;
    const slab = takeSlab(length);
    buffer.copy(slab, headerRoom, 0, length);
    const start = writeBinaryHeader(slab, length);
    this.toBrowserWrites += 1;
    this.browser.write(slab.subarray(start, headerRoom + length), this.browserTook);
    if (this.browser.writableLength === 0) {
      // The kernel has taken all of it, so that nobody reads from the slab any more.
      giveSlab(slab);
      return true;
    }
    this.waitingSlab = slab;
    this.targetPauses += 1;
    this.noteWaiting();
    return false;
  }

  private readonly browserTook = (): void => {
    if (this.browser.writableLength > 0 || this.browser.destroyed) return;
    if (this.waitingPong !== null && this.end === null) {
      const payload = this.waitingPong;
      this.waitingPong = null;
      this.browser.write(controlFrame("pong", payload), this.browserTook);
      if (this.browser.writableLength > 0) return;
    }
    if (this.waitingEcho && this.end === null) {
      this.waitingEcho = false;
      this.browser.write(emptyMessage, this.browserTook);
      if (this.browser.writableLength > 0) return;
    }
    if (this.waitingSlab === null) return;
    giveSlab(this.waitingSlab);
    this.waitingSlab = null;
    if (this.end === null) this.target.socket.resume();
  };

  private fromBrowser(chunk: Buffer): void {
    this.arrivedBytes += chunk.length;
    if (this.end === null) this.parser.push(chunk);
  }

  toTarget(payload: Buffer): void {
    if (this.end !== null) return;
    this.fromBrowserBytes += payload.length;
    let passed: Buffer;
    try {
      passed = this.filter?.push(payload) ?? payload;
    } catch {
      this.found("filtered");
      return;
    }
    if (this.patienceTimer !== null && this.filter?.established) this.stopWaiting();
    const { socket } = this.target;
    if (passed.length === 0 || socket.destroyed) return;
    this.toTargetWrites += 1;
    socket.write(passed, this.targetTook);
    if (socket.writableLength === 0 || this.browserPaused) return;
    this.browserPaused = true;
    this.browserPauses += 1;
    this.browser.pause();
    this.noteWaiting();
  }

  echo(): void {
    if (!this.echoesEmpty) return;
    this.countControl();
    if (this.end !== null) return;
    // Behind the output that waits, so that it tells how long the browser waits for that.
    if (this.browser.writableLength > 0) this.waitingEcho = true;
    else this.browser.write(emptyMessage, this.browserTook);
  }

  private readonly targetTook = (): void => {
    if (!this.browserPaused || this.target.socket.writableLength > 0) return;
    this.browserPaused = false;
    this.browser.resume();
  };

  private noteWaiting(): void {
    this.maxWaitingBytes = Math.max(this.maxWaitingBytes, this.waitingBytes());
  }

  answerPing(payload: Buffer): void {
    this.countControl();
    if (this.end !== null) return;
    // While output waits, only the newest ping is remembered (RFC 6455 §5.5.3 allows that).
    if (this.browser.writableLength > 0) this.waitingPong = Buffer.from(payload);
    else this.browser.write(controlFrame("pong", payload), this.browserTook);
  }

  countControl(): void {
    this.controlFrames += 1;
    if (this.controlFrames > maxControlFrames) this.found("flood");
  }

  answerClose(code: number | null): void {
    const end = { by: "browser" as const, code: code ?? 1005, reason: "" };
    this.stop(end, closeFrame(code));
  }

  beat(): void {
    this.controlFrames = 0;
    const verdict = this.pulse.beat();
    if (verdict !== null) this.found(verdict);
    else if (this.pulse.pingDue) this.browser.write(controlFrame("ping", noPayload));
  }

  /** Nobody keeps a place who does not go on with the handshake behind. */
  giveUp(): void {
    this.patienceTimer = null;
    if (this.filter?.established === false) this.found("not_established");
  }

  private found(finding: BridgeFinding): void {
    const { code, reason } = this.closes?.[finding] ?? defaultCloses[finding];
    this.close(code, reason);
  }

  private targetGone(): void {
    if (this.end !== null || this.targetEnding) return;
    this.targetEnding = true;
    const unknown = { code: closeCode.goingAway, reason: "target" };
    Promise.resolve(this.onTargetEnd?.() ?? unknown).then(
      (close) => this.close(close.code, close.reason),
      () => this.close(unknown.code, unknown.reason),
    );
  }

  private browserEnded(): void {
    if (this.end === null) this.stop({ by: "lost", code: abnormal, reason: "" }, null);
    else this.browser.destroy();
  }

  private browserGone(): void {
    this.stop({ by: "lost", code: abnormal, reason: "" }, null);
    this.clearTimers();
    if (this.waitingSlab !== null) giveSlab(this.waitingSlab, false);
    this.waitingSlab = null;
    if (this.end === null || this.gone) return;
    this.gone = true;
    const end = { ...this.end, counters: this.counters() };
    this.onEnd?.(end);
    this.tellGone(end);
  }

  /** The one way out: keeps the first end, ends the target at once and the browser soon. */
  private stop(end: Omit<BridgeEnd, "counters">, lastFrame: Buffer | null): void {
    if (this.end !== null) return;
    this.end = end;
    this.clearTimers();
    this.target.socket.destroy();
    if (lastFrame === null) {
      this.browser.destroy();
      return;
    }
    this.browser.end(lastFrame);
    // Reading on lets the peer's own close frame arrive; its end then ends ours.
    this.browser.resume();
    this.patienceTimer = setTimeout(() => this.browser.destroy(), closingMs);
  }

  private clearTimers(): void {
    clearInterval(this.beatTimer);
    this.stopWaiting();
  }

  private stopWaiting(): void {
    if (this.patienceTimer !== null) clearTimeout(this.patienceTimer);
    this.patienceTimer = null;
  }
}

function ignore(): void {}

function beat(bridge: RunningBridge): void {
  bridge.beat();
}

function giveUp(bridge: RunningBridge): void {
  bridge.giveUp();
}
