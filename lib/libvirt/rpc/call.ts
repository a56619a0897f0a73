import { LibvirtError } from "../errors";
import type { Procedure } from "../protocol/call";
import { remoteError } from "../protocol/types";
import type { Reader } from "../xdr/reader";
import type { Waiting } from "./deadlines";

/** How long a caller is willing to wait. */
export interface WaitOptions {
  signal?: AbortSignal;
  /** Milliseconds until the caller stops waiting; Infinity for never. */
  deadlineMs?: number;
  /**
   * Of the calls that name the same lane the daemon has one at a time, until it has answered: what
   * hangs on one object then takes one of the connection's few places, not all.
   */
  lane?: string;
}

/** Receives the packets of one stream. */
export interface StreamSink {
  /** The serial of the call that opens the stream; set before that call is sent. */
  serial: number;
  onPacket(status: number, payload: Reader): void;
  onClosed(reason: LibvirtError): void;
}

export interface CallFacts {
  readonly what: string;
  readonly serial: number;
  readonly packet: Buffer;
  readonly procedure: Procedure;
  readonly lane: string | undefined;
  /** Where the packets of the stream go that this call opens. */
  readonly sink: StreamSink | undefined;
  readonly resolve: (result: never) => void;
  readonly reject: (error: LibvirtError) => void;
}

/** A call between the caller's promise and the wire. */
export class PendingCall implements Waiting {
  /** `abandoned`: the caller has gone, the daemon has not answered yet, the serial stays taken. */
  state: "queued" | "sent" | "abandoned" = "queued";
  /** Ends the watch over the caller's signal. */
  unwatch: (() => void) | null = null;

  constructor(
    readonly facts: CallFacts,
    public deadlineAt: number,
  ) {}

  get lane(): string | undefined {
    return this.facts.lane;
  }

  /** Settles the caller's promise; throws when the result cannot be read. */
  accept(payload: Reader): void {
    const result = this.facts.procedure.result.read(payload);
    payload.end();
    this.unwatch?.();
    this.facts.resolve(result as never);
  }

  reject(error: LibvirtError): void {
    this.unwatch?.();
    this.facts.reject(error);
  }
}

/** The daemon's "no", as an error. */
export function refusal(payload: Reader): LibvirtError {
  const { code, domain, level, message } = remoteError.read(payload);
  return new LibvirtError("refused", message ?? "the daemon refused without a reason", {
    libvirtCode: code,
    libvirtDomain: domain,
    level,
  });
}

/** For a call that was stopped by its caller. */
export function givenUp(kind: "timeout" | "aborted", what: string, sent: boolean): LibvirtError {
  const why = kind === "timeout" ? "took longer than its deadline" : "was aborted";
  const outcome = sent ? "the daemon may still carry it out" : "it had not been sent";
  return new LibvirtError(kind, `${what} ${why}; ${outcome}`, { sent });
}

/** For a call that was alive when its connection ended. */
export function cutOff(call: { what: string; sent: boolean }, reason: LibvirtError): LibvirtError {
  if (call.sent) {
    const message = `${call.what} was under way when the connection ended: ${reason.message}`;
    return new LibvirtError("outcome_unknown", message, { cause: reason });
  }
  const kind = reason.kind === "closed" ? "closed" : "unreachable";
  return new LibvirtError(kind, `${call.what} was not sent: ${reason.message}`, { cause: reason });
}
