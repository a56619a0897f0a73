import { LibvirtError } from "./errors";
import { PROGRAM, PROGRAM_VERSION } from "./protocol/call";
import type { RpcConnection } from "./rpc/connection";
import { encodePacket, type Header, STATUS, TYPE } from "./rpc/frame";

const PING = 1;
const PONG = 2;
const INTERVAL_MS = 5_000;
const MISSES = 5;

/**
 * Pings a daemon that has been silent and ends the connection when it stays silent for 25 seconds.
 * A connection whose reader has been paused is not silent: we are the ones who do not listen.
 */
export function startKeepalive(connection: RpcConnection, intervalMs = INTERVAL_MS): void {
  const timer = setInterval(() => {
    const silentMs = performance.now() - connection.lastReceivedAt;
    if (connection.isPaused || silentMs < intervalMs) return;
    if (silentMs > intervalMs * MISSES) {
      connection.fail(new LibvirtError("unreachable", "the daemon no longer answers pings"));
    } else {
      connection.send(packet(PING));
    }
  }, intervalMs);
  timer.unref();
  connection.closed.then(() => clearInterval(timer));
}

/**
 * Answers the daemon's ping; true when the packet was one of the keepalive program. Who pings
 * without reading gets no answers, for they would pile up here.
 */
export function answerPing(connection: RpcConnection, header: Header): boolean {
  if (header.program !== PROGRAM.keepalive) return false;
  if (header.procedure === PING && !connection.isFull) connection.send(packet(PONG));
  return true;
}

function packet(procedure: number): Buffer {
  return encodePacket({
    program: PROGRAM.keepalive,
    version: PROGRAM_VERSION,
    procedure,
    type: TYPE.message,
    serial: 0,
    status: STATUS.ok,
  });
}
