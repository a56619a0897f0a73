import type { Duplex } from "node:stream";
import type { LibvirtUri, Transport } from "../uri";
import { dialSsh } from "./ssh";
import { dialTcp } from "./tcp";
import { dialTls } from "./tls";
import { dialUnix } from "./unix";

const DIALERS: Record<Transport, (uri: LibvirtUri, signal: AbortSignal) => Promise<Duplex>> = {
  unix: dialUnix,
  tcp: dialTcp,
  tls: dialTls,
  ssh: dialSsh,
};

/**
 * A byte pipe to the daemon that the URI names. Rejects with `unreachable`, or with the reason of
 * `signal` when that fires first.
 */
export function dial(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  return DIALERS[uri.transport](uri, signal);
}
