import type { Duplex } from "node:stream";
import type {
  Args,
  Connection,
  DownloadProcedure,
  LibvirtUri,
  PlainProcedure,
  Result,
} from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { toAppError } from "./errors";
import { Turns } from "./turns";
import type { Host } from "./types";

/** How long a person waits for an answer. */
export const PERSON_DEADLINE_MS = 10_000;

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds; 10 s unless told otherwise. */
  deadlineMs?: number;
}

/**
 * The way to one host's libvirt for calls that people or tasks make. Connections come and go
 * below it; while there is none, calls fail at once with `host.unreachable`.
 */
export class HostLink {
  readonly turns = new Turns();
  private control: Connection | null = null;
  private reason = "not connected yet";

  constructor(readonly uri: LibvirtUri) {}

  /** True when libvirtd runs on this machine, so that paths of its XML may be ours too. */
  get isLocal(): boolean {
    return this.uri.host === null;
  }

  get mode(): "system" | "session" | "test" {
    if (this.uri.driver === "test") return "test";
    return this.uri.session ? "session" : "system";
  }

  /** For the supervisor: the connection that calls use from now on, or why there is none. */
  attach(control: Connection | null, reason = ""): void {
    this.control = control;
    this.reason = reason;
  }

  /** One call; rejects with an AppError (see `toAppError`). */
  async call<K extends PlainProcedure>(
    name: K,
    args: Args<K>,
    options: CallOptions = {},
  ): Promise<Result<K>> {
    if (this.control === null) throw this.unreachable();
    const deadlineMs = options.deadlineMs ?? PERSON_DEADLINE_MS;
    try {
      return await this.control.call(name, args, { signal: options.signal, deadlineMs });
    } catch (error) {
      throw toAppError(error, name);
    }
  }

  /** One call that may take hours, over a connection of its own; the signal alone ends the wait. */
  async callApart<K extends PlainProcedure>(
    name: K,
    args: Args<K>,
    signal: AbortSignal,
  ): Promise<Result<K>> {
    if (this.control === null) throw this.unreachable();
    try {
      const wait = { signal, deadlineMs: Number.POSITIVE_INFINITY };
      return await this.control.callApart(name, args, wait);
    } catch (error) {
      throw toAppError(error, name);
    }
  }

  /** Streams `source` into a volume, over a connection of its own; aborted by the signal. */
  async upload(
    args: Args<"storageVolUpload">,
    source: AsyncIterable<Buffer>,
    signal?: AbortSignal,
  ): Promise<void> {
    if (this.control === null) throw this.unreachable();
    try {
      await this.control.upload("storageVolUpload", args, source, { signal });
    } catch (error) {
      throw toAppError(error, "storageVolUpload");
    }
  }

  /**
   * The first bytes that a volume's download brings, `maxBytes` at most whatever the host sends,
   * over a connection of its own.
   */
  download(args: Args<"storageVolDownload">, maxBytes: number): Promise<Buffer> {
    return this.firstBytes("storageVolDownload", args, maxBytes);
  }

  /** The picture of a screen, or its first bytes; see `download`. */
  screenshot(args: Args<"domainScreenshot">, maxBytes: number): Promise<Buffer> {
    return this.firstBytes("domainScreenshot", args, maxBytes);
  }

  private async firstBytes<K extends DownloadProcedure>(
    name: K,
    args: Args<K>,
    maxBytes: number,
  ): Promise<Buffer> {
    if (this.control === null) throw this.unreachable();
    const signal = AbortSignal.timeout(PERSON_DEADLINE_MS);
    try {
      const { stream } = await this.control.download(name, args, { signal });
      const pieces: Buffer[] = [];
      let heldBytes = 0;
      for await (const piece of stream as AsyncIterable<Buffer>) {
        pieces.push(piece);
        heldBytes += piece.length;
        // Leaving the loop ends the stream.
        if (heldBytes >= maxBytes) break;
      }
      return Buffer.concat(pieces).subarray(0, maxBytes);
    } catch (error) {
      if (!signal.aborted) throw toAppError(error, name);
      const reason = "the download did not end in time";
      throw new AppError({ code: "host.timeout", message: reason, details: { reason } });
    }
  }

  /** A guest's console as a stream, over a connection of its own; the signal goes on to govern it. */
  async openConsole(args: Args<"domainOpenConsole">, signal: AbortSignal): Promise<Duplex> {
    if (this.control === null) throw this.unreachable();
    try {
      const wait = { signal, deadlineMs: PERSON_DEADLINE_MS };
      return (await this.control.duplex("domainOpenConsole", args, wait)).stream;
    } catch (error) {
      throw toAppError(error, "domainOpenConsole");
    }
  }

  /** All bytes of a volume, over a connection of its own; aborted by the signal. */
  async *downloadAll(
    args: Args<"storageVolDownload">,
    signal: AbortSignal,
  ): AsyncGenerator<Buffer> {
    if (this.control === null) throw this.unreachable();
    try {
      const { stream } = await this.control.download("storageVolDownload", args, { signal });
      yield* stream as AsyncIterable<Buffer>;
    } catch (error) {
      throw toAppError(error, "storageVolDownload");
    }
  }

  private unreachable(): AppError {
    return new AppError({
      code: "host.unreachable",
      message: `no connection to ${this.uri.driver} host: ${this.reason}`,
      details: { reason: this.reason, sent: false },
    });
  }
}

/** What a host of `startHosts` has besides the `Host` that others see. */
export interface LinkedHost extends Host {
  readonly link: HostLink;
}

/** The link of a host; the property, not the class, because modules exist in several copies. */
export function linkOf(host: Host): HostLink {
  if (!("link" in host)) throw new Error(`host ${host.id} was not made by startHosts`);
  return (host as LinkedHost).link;
}
