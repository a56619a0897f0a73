import type { Duplex, Readable } from "node:stream";
import type { LibvirtError } from "./errors";
import type { Unsubscribe } from "./events";
import type {
  DomainEvent,
  DomainEventName,
  NetworkEvent,
  NetworkEventName,
  PoolEvent,
  PoolEventName,
} from "./protocol/events";
import type {
  Args,
  DownloadProcedure,
  DuplexProcedure,
  PlainProcedure,
  Result,
  UploadProcedure,
} from "./protocol/procedures";
import type { WaitOptions } from "./rpc/call";

/**
 * An open connection to one libvirt daemon. Everything rejects with a LibvirtError, whose `kind`
 * says what may be done next. It does not reconnect: when `closed` resolves, make a new one,
 * subscribe to the events first and then list everything, so that nothing falls into the gap.
 */
export interface Connection {
  readonly uri: string;
  /** Resolves when the connection is over, with the reason; never rejects. */
  readonly closed: Promise<LibvirtError>;

  /** One question, one answer. The deadline is 30 s unless the options or `connect` say otherwise. */
  call<K extends PlainProcedure>(name: K, args: Args<K>, options?: WaitOptions): Promise<Result<K>>;

  /**
   * As `call`, over a connection of its own: for what takes long, so that it holds none of the few
   * places of this one.
   */
  callApart<K extends PlainProcedure>(
    name: K,
    args: Args<K>,
    options?: WaitOptions,
  ): Promise<Result<K>>;

  /**
   * Sends all of `source`; resolves when the daemon has confirmed the last byte, and rejects with
   * the source's own error when that fails. Like each stream it opens a connection of its own, so
   * that bulk data never delays calls and events. The deadline covers the opening alone; abort a
   * stalled transfer by the signal.
   */
  upload<K extends UploadProcedure>(
    name: K,
    args: Args<K>,
    source: Readable | AsyncIterable<Buffer>,
    options?: WaitOptions,
  ): Promise<Result<K>>;

  /** The stream ends after the daemon's confirmation; destroy it to stop early. */
  download<K extends DownloadProcedure>(
    name: K,
    args: Args<K>,
    options?: WaitOptions,
  ): Promise<{ result: Result<K>; stream: Readable }>;

  /** Bytes both ways, until either side ends it. */
  duplex<K extends DuplexProcedure>(
    name: K,
    args: Args<K>,
    options?: WaitOptions,
  ): Promise<{ result: Result<K>; stream: Duplex }>;

  /**
   * Calls `listener` for every such event of any domain. Resolves when the daemon has registered
   * us; the returned function ends it and never rejects. A listener's error goes to
   * `onListenerError` of `connect`.
   */
  onDomainEvent<K extends DomainEventName>(
    name: K,
    listener: (event: DomainEvent<K>) => void,
  ): Promise<Unsubscribe>;
  onNetworkEvent<K extends NetworkEventName>(
    name: K,
    listener: (event: NetworkEvent<K>) => void,
  ): Promise<Unsubscribe>;
  onPoolEvent<K extends PoolEventName>(
    name: K,
    listener: (event: PoolEvent<K>) => void,
  ): Promise<Unsubscribe>;

  /** Ends the connection and its streams. Calls under way reject with `outcome_unknown`. */
  close(): Promise<void>;

  /** Takes no more calls, lets those under way and the streams end, and closes then. */
  finish(): Promise<void>;
}
