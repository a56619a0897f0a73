import { protocolError } from "../errors";
import type { AnyCodec } from "../xdr/codec";
import { Reader } from "../xdr/reader";
import { Writer } from "../xdr/writer";

/** Length word and header: what every packet has at least. */
export const HEADER_BYTES = 28;
/** libvirt refuses longer packets, and so do we. */
export const MAX_PACKET_BYTES = 33_554_432;
const FIRST_ALLOCATION_BYTES = 65_536;

export const TYPE = { call: 0, reply: 1, message: 2, stream: 3 } as const;
export const STATUS = { ok: 0, error: 1, continue: 2 } as const;

export interface Header {
  program: number;
  version: number;
  procedure: number;
  /** One of TYPE. */
  type: number;
  serial: number;
  /** One of STATUS. */
  status: number;
}

export interface Packet {
  header: Header;
  /** Stands at the first byte after the header. */
  payload: Reader;
}

/** One packet, ready for the wire; `payload`, if there is one, is written by `codec`. */
export function encodePacket(header: Header, codec?: AnyCodec, payload?: unknown): Buffer {
  const writer = new Writer(HEADER_BYTES);
  codec?.write(writer, payload);
  const packet = writer.finish();
  if (packet.length > MAX_PACKET_BYTES) {
    throw protocolError(`a packet of ${packet.length} bytes is above the limit`);
  }
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt32BE(header.program, 4);
  packet.writeUInt32BE(header.version, 8);
  packet.writeUInt32BE(header.procedure, 12);
  packet.writeUInt32BE(header.type, 16);
  packet.writeUInt32BE(header.serial, 20);
  packet.writeUInt32BE(header.status, 24);
  return packet;
}

export function decodePacket(bytes: Buffer): Packet {
  const payload = new Reader(bytes);
  payload.u32();
  const header = {
    program: payload.u32(),
    version: payload.u32(),
    procedure: payload.u32(),
    type: payload.u32(),
    serial: payload.u32(),
    status: payload.u32(),
  };
  return { header, payload };
}

/**
 * Cuts the bytes of a connection into packets, however they were chopped on the way. Memory grows
 * with what has arrived, never with what a length word promises.
 */
export class PacketSplitter {
  private partial: Buffer = Buffer.alloc(0);
  private filled = 0;

  /**
   * Hands every packet that is complete now to `onPacket`, as a view that is valid for as long as
   * the receiver keeps it. Throws a `protocol` error for an impossible length.
   */
  push(chunk: Buffer, onPacket: (packet: Buffer) => void): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.filled === 0 && rest.length >= 4) {
        const length = packetLength(rest);
        if (rest.length === length) {
          onPacket(rest);
          return;
        }
        if (rest.length > length) {
          onPacket(rest.subarray(0, length));
          rest = rest.subarray(length);
          continue;
        }
      }
      rest = this.keep(rest, onPacket);
    }
  }

  /** Takes as many bytes as the packet in the making still needs; returns what it did not need. */
  private keep(rest: Buffer, onPacket: (packet: Buffer) => void): Buffer {
    const needed = this.filled < 4 ? 4 : packetLength(this.partial);
    const taken = Math.min(needed - this.filled, rest.length);
    this.reserve(this.filled + taken, needed);
    rest.copy(this.partial, this.filled, 0, taken);
    this.filled += taken;
    if (this.filled >= 4 && this.filled === packetLength(this.partial)) {
      const packet = this.partial.subarray(0, this.filled);
      this.partial = Buffer.alloc(0);
      this.filled = 0;
      onPacket(packet);
    }
    return rest.subarray(taken);
  }

  private reserve(bytes: number, packetBytes: number): void {
    if (bytes <= this.partial.length) return;
    const doubled = Math.max(bytes, this.partial.length * 2, FIRST_ALLOCATION_BYTES);
    const grown = Buffer.allocUnsafe(packetBytes > 4 ? Math.min(doubled, packetBytes) : bytes);
    this.partial.copy(grown, 0, 0, this.filled);
    this.partial = grown;
  }
}

function packetLength(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0);
  if (length < HEADER_BYTES || length > MAX_PACKET_BYTES) {
    throw protocolError(`a packet has the impossible length of ${length} bytes`);
  }
  return length;
}
