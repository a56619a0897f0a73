import { promises as fs } from "node:fs";
import { isIP } from "node:net";
import { homedir } from "node:os";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";
import { unreachable } from "../errors";
import type { LibvirtUri } from "../uri";
import { established } from "./established";
import { bareHost } from "./host";

const TLS_PORT = 16_514;
const TCP_KEEPALIVE_MS = 30_000;

interface Credentials {
  ca: Buffer;
  cert: Buffer;
  key: Buffer;
}

/**
 * Connects by TLS with a client certificate. After the handshake the daemon says with one byte that
 * it accepts the certificate; a refused one shows only as a closed connection.
 */
export async function dialTls(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  const host = bareHost(uri);
  const port = uri.port ?? TLS_PORT;
  try {
    const socket = connect({
      host,
      port,
      servername: isIP(host) ? "" : host,
      rejectUnauthorized: uri.verify,
      minVersion: "TLSv1.2",
      ...(await readCredentials(uri)),
    });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
    await established(socket, "secureConnect", signal);
    return await accepted(socket, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(`no libvirt daemon at ${host}:${port} by TLS`, error);
  }
}

async function accepted(socket: Duplex, signal: AbortSignal): Promise<Duplex> {
  let verdict: Buffer | null = socket.read(1);
  while (verdict === null) {
    await established(socket, "readable", signal);
    verdict = socket.read(1);
    if (verdict === null && socket.readableEnded) break;
  }
  if (verdict?.[0] === 1) return socket;
  socket.destroy();
  throw new Error("the daemon refused our certificate");
}

/** From the folder that the URI names, else the user's own, else the system's. */
async function readCredentials(uri: LibvirtUri): Promise<Credentials> {
  const own = uri.pkiPath ?? `${homedir()}/.pki/libvirt`;
  const [ca, cert, key] = await Promise.all([
    firstFile([`${own}/cacert.pem`, "/etc/pki/CA/cacert.pem"], uri),
    firstFile([`${own}/clientcert.pem`, "/etc/pki/libvirt/clientcert.pem"], uri),
    firstFile([`${own}/clientkey.pem`, "/etc/pki/libvirt/private/clientkey.pem"], uri),
  ]);
  return { ca, cert, key };
}

async function firstFile([named, fallback]: [string, string], uri: LibvirtUri): Promise<Buffer> {
  try {
    return await fs.readFile(named);
  } catch (error) {
    if (uri.pkiPath !== null) throw error;
    return fs.readFile(fallback);
  }
}
