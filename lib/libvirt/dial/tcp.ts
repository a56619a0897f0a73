import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { unreachable } from "../errors";
import type { LibvirtUri } from "../uri";
import { established } from "./established";
import { bareHost } from "./host";

const TCP_PORT = 16_509;
const TCP_KEEPALIVE_MS = 30_000;

/**
 * Connects in the clear. Whoever can reach such a port owns the host: the URI's `insecure` says so,
 * and the caller is expected to warn.
 */
export async function dialTcp(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  const host = bareHost(uri);
  const port = uri.port ?? TCP_PORT;
  try {
    const socket = connect({ host, port, noDelay: true });
    socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
    return await established(socket, "connect", signal);
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(`no libvirt daemon at ${host}:${port}`, error);
  }
}
