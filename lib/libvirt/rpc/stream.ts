import { Duplex } from "node:stream";
import { LibvirtError } from "../errors";
import { PROGRAM_VERSION, type Procedure } from "../protocol/call";
import { raw } from "../xdr/codec";
import type { Reader } from "../xdr/reader";
import { refusal, type StreamSink } from "./call";
import type { RpcConnection } from "./connection";
import { encodePacket, STATUS, TYPE } from "./frame";

/** The longest payload that every libvirt since 1.0 accepts in one stream packet. */
const MAX_PIECE_BYTES = 262_120;

/**
 * One libvirt stream as a Node stream, on a connection of its own.
 *
 * The end is a handshake: whoever has no more to send says so (the daemon by an empty packet, we by
 * `ok`), and only the daemon's `ok` confirms that everything arrived. So `finish` and `end` are
 * emitted after that confirmation, and a late refusal still surfaces as an error. A slow reader
 * pauses the connection; a slow daemon holds back the writer. Destroying it aborts the transfer.
 */
export class RpcStream extends Duplex implements StreamSink {
  serial = 0;
  private confirmed = false;
  private onConfirmed: (error?: Error) => void = () => undefined;

  constructor(
    private readonly connection: RpcConnection,
    private readonly procedure: Procedure,
  ) {
    super({ readableHighWaterMark: MAX_PIECE_BYTES, writableHighWaterMark: MAX_PIECE_BYTES });
  }

  onPacket(status: number, payload: Reader): void {
    if (status === STATUS.error) {
      this.destroy(refusal(payload));
    } else if (status === STATUS.ok) {
      this.confirmed = true;
      this.onConfirmed();
      this.push(null);
    } else if (payload.remaining === 0) {
      this.end();
    } else if (!this.push(payload.rest())) {
      this.connection.pause();
    }
  }

  onClosed(reason: LibvirtError): void {
    if (this.confirmed || this.destroyed) return;
    const message = `the stream was cut off: ${reason.message}`;
    this.destroy(new LibvirtError("outcome_unknown", message, { cause: reason }));
  }

  override _read(): void {
    if (this.connection.isPaused) this.connection.resume();
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error) => void): void {
    let writable = true;
    for (let start = 0; start < chunk.length; start += MAX_PIECE_BYTES) {
      const piece = chunk.subarray(start, start + MAX_PIECE_BYTES);
      writable = this.connection.send(this.packet(STATUS.continue, piece));
    }
    if (writable) callback();
    else this.connection.whenWritable(callback);
  }

  override _final(callback: (error?: Error) => void): void {
    this.onConfirmed = callback;
    this.connection.send(this.packet(STATUS.ok));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    // The daemon takes a closed connection for what it is: the transfer is off.
    this.connection.close();
    callback(error);
  }

  private packet(status: number, piece?: Buffer): Buffer {
    const header = {
      program: this.procedure.program,
      version: PROGRAM_VERSION,
      procedure: this.procedure.number,
      type: TYPE.stream,
      serial: this.serial,
      status,
    };
    return piece === undefined ? encodePacket(header) : encodePacket(header, raw, piece);
  }
}
