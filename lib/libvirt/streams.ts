import { type Duplex, type Readable, promises as streamPromises } from "node:stream";
import { LibvirtError } from "./errors";
import { type OpenOptions, openRpc } from "./open";
import type { Procedure } from "./protocol/call";
import {
  type Args,
  type DownloadProcedure,
  type DuplexProcedure,
  procedures,
  type Result,
  type UploadProcedure,
} from "./protocol/procedures";
import type { WaitOptions } from "./rpc/call";
import { givenUp } from "./rpc/call";
import { RpcStream } from "./rpc/stream";
import type { LibvirtUri } from "./uri";

type StreamProcedure = UploadProcedure | DownloadProcedure | DuplexProcedure;

/**
 * Streams, each on a connection of its own: one socket carries everything in turn, so a paused
 * reader would hold up every call and event.
 */
export class StreamOpener {
  private readonly streams = new Set<Duplex>();
  private closed = false;

  constructor(
    private readonly uri: LibvirtUri,
    private readonly options: OpenOptions,
  ) {}

  /** The daemon's answer and the stream that it opened, which the signal goes on to govern. */
  async open<K extends StreamProcedure>(
    name: K,
    args: Args<K>,
    wait: WaitOptions = {},
  ): Promise<{ result: Result<K>; stream: Duplex }> {
    if (this.closed) throw closedByUs(name);
    const procedure: Procedure = procedures[name];
    const rpc = await openRpc(this.uri, { ...this.options, ...wait }, { keepalive: false });
    const stream = new RpcStream(rpc, procedure);
    // Until the caller listens, an early refusal would otherwise be an uncaught exception.
    stream.on("error", () => undefined);
    try {
      const result = (await rpc.call(name, procedure, args, wait, stream)) as Result<K>;
      if (this.closed) throw closedByUs(name);
      this.keep(stream, name, wait.signal);
      return { result, stream };
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  async upload<K extends UploadProcedure>(
    name: K,
    args: Args<K>,
    source: Readable | AsyncIterable<Buffer>,
    wait?: WaitOptions,
  ): Promise<Result<K>> {
    const { result, stream } = await this.open(name, args, wait);
    stream.resume();
    await streamPromises.pipeline(source, stream);
    return result;
  }

  close(): void {
    this.closed = true;
    for (const stream of this.streams) stream.destroy();
  }

  /** Opens no more; resolves when those that are open have ended. */
  async finish(): Promise<void> {
    this.closed = true;
    await Promise.all(
      [...this.streams].map((stream) => new Promise((end) => stream.once("close", end))),
    );
  }

  private keep(stream: RpcStream, name: string, signal: AbortSignal | undefined): void {
    const onAbort = () => stream.destroy(givenUp("aborted", name, true));
    this.streams.add(stream);
    stream.once("close", () => {
      this.streams.delete(stream);
      signal?.removeEventListener("abort", onAbort);
    });
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  }
}

function closedByUs(name: string): LibvirtError {
  return new LibvirtError("closed", `${name}: the connection was closed by us`);
}
