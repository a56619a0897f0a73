import type { Duplex } from "node:stream";
import { isLibvirtError, LibvirtError, protocolError, unreachable } from "../errors";
import { PROGRAM_VERSION, type Procedure } from "../protocol/call";
import type { InputOf, OutputOf } from "../xdr/codec";
import type { Reader } from "../xdr/reader";
import { cutOff, givenUp, PendingCall, refusal, type StreamSink, type WaitOptions } from "./call";
import { Deadlines } from "./deadlines";
import {
  decodePacket,
  encodePacket,
  type Header,
  type Packet,
  PacketSplitter,
  STATUS,
  TYPE,
} from "./frame";
import { Gate } from "./gate";

const MAX_IN_FLIGHT = 4;
const MAX_QUEUED = 4096;
const DEFAULT_DEADLINE_MS = 30_000;

export interface RpcOptions {
  /** Stands in front of every error message of this connection, to tell hosts apart. */
  connectionName?: string;
  /** For calls that name no deadline of their own, 30 s if not given. */
  callDeadlineMs?: number;
}

/**
 * Calls and streams over one byte pipe. Whatever goes wrong ends the connection once: each waiting
 * call is told whether the daemon may have seen it (`outcome_unknown`) or not (`unreachable`).
 */
export class RpcConnection {
  /** Resolves when the connection is over, with the reason; never rejects. */
  readonly closed: Promise<LibvirtError>;
  /** When bytes last came in, by `performance.now()`. */
  lastReceivedAt = performance.now();
  /** Takes packets that no call asked for: events and pings. What it throws ends the connection. */
  onMessage: (header: Header, payload: Reader) => void = () => undefined;

  private readonly splitter = new PacketSplitter();
  private readonly gate = new Gate<PendingCall>(MAX_IN_FLIGHT, MAX_QUEUED, (call) =>
    this.start(call),
  );
  private readonly deadlines = new Deadlines<PendingCall>(
    () => [...this.sent.values(), ...this.gate.queue()],
    (call) => this.giveUp(call, "timeout"),
  );
  private readonly sent = new Map<number, PendingCall>();
  private readonly streams = new Map<number, StreamSink>();
  private resolveClosed: (reason: LibvirtError) => void = () => undefined;
  private failure: LibvirtError | null = null;
  private finishing = false;
  private lastSerial = 0;
  private abandoned = 0;

  constructor(
    private readonly transport: Duplex,
    private readonly options: RpcOptions = {},
  ) {
    this.closed = new Promise((resolve) => {
      this.resolveClosed = resolve;
    });
    const hungUp = () => this.fail(new LibvirtError("unreachable", "the daemon hung up"));
    transport.on("data", (chunk: Buffer) => this.receive(chunk));
    transport.on("error", (error) => this.fail(unreachable("the connection broke", error)));
    transport.on("end", hungUp);
    transport.on("close", hungUp);
    if (transport.destroyed) hungUp();
  }

  /**
   * Resolves with the daemon's answer or rejects with a LibvirtError. A caller that gives up leaves
   * the serial and the slot taken until the daemon answers, because the daemon is still busy.
   */
  call<P extends Procedure>(
    name: string,
    procedure: P,
    args: InputOf<P["args"]>,
    wait: WaitOptions = {},
    sink?: StreamSink,
  ): Promise<OutputOf<P["result"]>> {
    const { connectionName, callDeadlineMs = DEFAULT_DEADLINE_MS } = this.options;
    const what = connectionName === undefined ? name : `${connectionName}: ${name}`;
    return new Promise((resolve, reject) => {
      const over = this.failure ?? (this.finishing ? closedByUs() : null);
      if (over !== null) throw cutOff({ what, sent: false }, over);
      if (wait.signal?.aborted) throw givenUp("aborted", what, false);
      const serial = this.nextSerial();
      if (sink) sink.serial = serial;
      const packet = encodeCall(procedure, serial, args);
      const deadlineAt = performance.now() + (wait.deadlineMs ?? callDeadlineMs);
      const facts = { what, serial, packet, procedure, lane: wait.lane, sink, resolve, reject };
      const call = new PendingCall(facts, deadlineAt);
      if (!this.gate.enter(call)) {
        throw new LibvirtError("unreachable", `${what} was not sent: too many calls are waiting`);
      }
      this.deadlines.add(call);
      if (wait.signal) this.watch(call, wait.signal);
    });
  }

  /** Writes a packet that is no call. False when the pipe is full: wait for `whenWritable`. */
  send(packet: Buffer): boolean {
    return this.failure === null && this.transport.write(packet);
  }

  /** True when the daemon does not take what we write. */
  get isFull(): boolean {
    return this.transport.writableNeedDrain;
  }

  whenWritable(callback: () => void): void {
    this.transport.once("drain", callback);
  }

  /** Stops reading, so that the daemon's own back-pressure takes hold. Stalls calls and pings. */
  pause(): void {
    this.transport.pause();
  }

  resume(): void {
    this.lastReceivedAt = performance.now();
    this.transport.resume();
  }

  get isPaused(): boolean {
    return this.transport.isPaused();
  }

  /** Ends the connection for `reason`; only the first reason counts. */
  fail(reason: LibvirtError): void {
    if (this.failure !== null) return;
    this.failure = reason;
    this.transport.destroy();
    this.deadlines.stop();
    for (const call of [...this.sent.values(), ...this.gate.drain()]) {
      const { state, facts } = call;
      const { what } = facts;
      if (state !== "abandoned") call.reject(cutOff({ what, sent: state === "sent" }, reason));
    }
    for (const sink of this.streams.values()) sink.onClosed(reason);
    this.sent.clear();
    this.streams.clear();
    this.resolveClosed(reason);
  }

  close(): void {
    this.fail(closedByUs());
  }

  /** Takes no more calls, and closes when those under way are answered or given up. */
  finish(): void {
    this.finishing = true;
    this.closeWhenDone();
  }

  private closeWhenDone(): void {
    const [queued] = this.gate.queue();
    if (this.finishing && queued === undefined && this.sent.size === this.abandoned) this.close();
  }

  private start(call: PendingCall): void {
    const { serial, sink, packet } = call.facts;
    call.state = "sent";
    this.sent.set(serial, call);
    if (sink) this.streams.set(serial, sink);
    this.transport.write(packet);
  }

  private watch(call: PendingCall, signal: AbortSignal): void {
    const onAbort = () => this.giveUp(call, "aborted");
    signal.addEventListener("abort", onAbort, { once: true });
    call.unwatch = () => signal.removeEventListener("abort", onAbort);
  }

  private giveUp(call: PendingCall, kind: "timeout" | "aborted"): void {
    const sent = call.state === "sent";
    if (sent) {
      call.state = "abandoned";
      call.deadlineAt = Number.POSITIVE_INFINITY;
      this.abandoned++;
    } else {
      this.gate.cancel(call);
    }
    call.reject(givenUp(kind, call.facts.what, sent));
    // Nothing can get through any more: a fresh connection is the only way out.
    if (kind === "timeout" && !sent && this.abandoned >= this.gate.slots) {
      this.fail(new LibvirtError("unreachable", "the daemon has stopped answering"));
    }
    this.closeWhenDone();
  }

  private receive(chunk: Buffer): void {
    this.lastReceivedAt = performance.now();
    try {
      this.splitter.push(chunk, (packet) => this.route(decodePacket(packet)));
    } catch (error) {
      this.fail(isLibvirtError(error) ? error : protocolError(String(error)));
    }
  }

  private route({ header, payload }: Packet): void {
    if (this.failure !== null) return;
    if (header.version !== PROGRAM_VERSION) throw protocolError(`version ${header.version}`);
    if (header.type === TYPE.reply) this.answer(header, payload);
    else if (header.type === TYPE.message) this.onMessage(header, payload);
    else if (header.type === TYPE.stream) this.streamPacket(header, payload);
    else throw protocolError(`a packet has the unknown type ${header.type}`);
  }

  private answer(header: Header, payload: Reader): void {
    const call = this.sent.get(header.serial);
    if (call === undefined) throw protocolError(`an answer to the unknown call ${header.serial}`);
    this.sent.delete(header.serial);
    try {
      if (header.status === STATUS.error) {
        this.streams.delete(header.serial);
        call.reject(refusal(payload));
      } else {
        call.accept(payload);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const failure = new LibvirtError("protocol", `the answer to ${call.facts.what}: ${message}`, {
        sent: true,
      });
      call.reject(failure);
      throw failure;
    }
    if (call.state === "abandoned") this.abandoned--;
    this.gate.leave(call);
    this.closeWhenDone();
  }

  private streamPacket(header: Header, payload: Reader): void {
    const sink = this.streams.get(header.serial);
    if (sink === undefined) throw protocolError(`a packet of the unknown stream ${header.serial}`);
    sink.onPacket(header.status, payload);
  }

  private nextSerial(): number {
    do {
      this.lastSerial = (this.lastSerial + 1) >>> 0;
    } while (this.lastSerial === 0 || this.sent.has(this.lastSerial));
    return this.lastSerial;
  }
}

function closedByUs(): LibvirtError {
  return new LibvirtError("closed", "the connection was closed by us");
}

function encodeCall(procedure: Procedure, serial: number, args: unknown): Buffer {
  const { program, number } = procedure;
  const version = PROGRAM_VERSION;
  const header = {
    program,
    version,
    procedure: number,
    type: TYPE.call,
    serial,
    status: STATUS.ok,
  };
  return encodePacket(header, procedure.args, args);
}
