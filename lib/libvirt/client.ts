import type { Connection } from "./connection";
import { EventHub } from "./events";
import { answerPing } from "./keepalive";
import { type OpenOptions, openRpc } from "./open";
import { domainEvents, networkEvents, poolEvents } from "./protocol/events";
import { procedures } from "./protocol/procedures";
import type { RpcConnection } from "./rpc/connection";
import { StreamOpener } from "./streams";
import { parseUri } from "./uri";

export interface ConnectOptions extends OpenOptions {
  /** Receives what event listeners throw; a process warning if not given. */
  onListenerError?: (error: unknown) => void;
}

/**
 * Dials, authenticates, opens the URI's driver and starts the keepalive. Rejects with a
 * LibvirtError: `unreachable`, `refused`, `timeout`, `aborted`, or `protocol` for a bad URI.
 */
export async function connect(uri: string, options: ConnectOptions = {}): Promise<Connection> {
  const parsed = parseUri(uri);
  const rpc = await openRpc(parsed, options, { keepalive: true });
  const events = new EventHub(rpc, options.onListenerError ?? warn);
  const streams = new StreamOpener(parsed, options);
  rpc.onMessage = (header, payload) => {
    if (!answerPing(rpc, header)) events.dispatch(header, payload);
  };

  const apart = new Set<RpcConnection>();
  const openApart = async (signal: AbortSignal | undefined) => {
    const own = await openRpc(parsed, { ...options, signal }, { keepalive: true });
    own.onMessage = (header) => void answerPing(own, header);
    apart.add(own);
    void own.closed.then(() => apart.delete(own));
    return own;
  };

  return {
    uri,
    closed: rpc.closed,
    call: (name, args, wait) => rpc.call(name, procedures[name], args, wait),
    async callApart(name, args, wait) {
      const own = await openApart(wait?.signal);
      try {
        return await own.call(name, procedures[name], args, wait);
      } finally {
        own.close();
      }
    },
    upload: (name, args, source, wait) => streams.upload(name, args, source, wait),
    download: (name, args, wait) => streams.open(name, args, wait),
    duplex: (name, args, wait) => streams.open(name, args, wait),
    onDomainEvent: (name, listener) => events.subscribe("domain", domainEvents[name], listener),
    onNetworkEvent: (name, listener) => events.subscribe("network", networkEvents[name], listener),
    onPoolEvent: (name, listener) => events.subscribe("pool", poolEvents[name], listener),
    async close() {
      streams.close();
      for (const own of apart) own.close();
      rpc.close();
    },
    async finish() {
      // Its keepalive is what ends the streams of a daemon that has gone.
      await Promise.race([Promise.all([streams.finish(), ...ends(apart)]), rpc.closed]);
      rpc.finish();
      await rpc.closed;
      streams.close();
    },
  };
}

function ends(connections: Iterable<RpcConnection>): Promise<unknown>[] {
  return Array.from(connections, (each) => each.closed);
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
