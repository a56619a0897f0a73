import { LibvirtError } from "./errors";
import { PROGRAM, PROGRAM_VERSION } from "./protocol/call";
import type { RpcConnection } from "./rpc/connection";
import { encodePacket, type Header, STATUS, TYPE } from "./rpc/frame";

const PING = 1;
const PONG = 2;
const INTERVAL_MS = 5_000;
const MISSES = 5;

/**
 * Pings a daemon that has been silent and ends the connection when it leaves five pings unanswered.
 * Pings are counted, not seconds: while our own loop is held up nothing is read, and that is not
 * the daemon's silence. Neither is it when the connection's reader has been paused.
 */
export function startKeepalive(connection: RpcConnection, intervalMs = INTERVAL_MS): void {
  let unanswered = 0;
  const timer = setInterval(() => {
    const silentMs = performance.now() - connection.lastReceivedAt;
    if (connection.isPaused || silentMs < intervalMs) {
      unanswered = 0;
    } else if (unanswered === MISSES) {
      connection.fail(new LibvirtError("unreachable", "the daemon no longer answers pings"));
    } else {
      unanswered += 1;
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
