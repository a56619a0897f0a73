import type { Connection } from "./connection";
import { EventHub } from "./events";
import { answerPing } from "./keepalive";
import { type OpenOptions, openRpc } from "./open";
import { domainEvents, networkEvents, poolEvents } from "./protocol/events";
import { procedures } from "./protocol/procedures";
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

  return {
    uri,
    closed: rpc.closed,
    call: (name, args, wait) => rpc.call(name, procedures[name], args, wait),
    upload: (name, args, source, wait) => streams.upload(name, args, source, wait),
    download: (name, args, wait) => streams.open(name, args, wait),
    duplex: (name, args, wait) => streams.open(name, args, wait),
    onDomainEvent: (name, listener) => events.subscribe("domain", domainEvents[name], listener),
    onNetworkEvent: (name, listener) => events.subscribe("network", networkEvents[name], listener),
    onPoolEvent: (name, listener) => events.subscribe("pool", poolEvents[name], listener),
    async close() {
      streams.close();
      rpc.close();
    },
    async finish() {
      // Its keepalive is what ends the streams of a daemon that has gone.
      await Promise.race([streams.finish(), rpc.closed]);
      rpc.finish();
      await rpc.closed;
      streams.close();
    },
  };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
