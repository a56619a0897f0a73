import { protocolError } from "../errors";
import { MAX_TEXT_BYTES } from "./reader";

const FIRST_BYTES = 256;
const [DASH, ZERO, NINE] = [45, 48, 57] as const;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/**
 * Writes XDR into a buffer that grows as needed. What C would silently cut or wrap (a NUL inside a
 * text, an integer out of range) is refused here.
 */
export class Writer {
  private bytes: Buffer;
  private offset: number;

  /** `reserved` bytes are left free at the start, for a header that is written afterwards. */
  constructor(reserved = 0) {
    this.bytes = Buffer.allocUnsafe(reserved + FIRST_BYTES);
    this.offset = reserved;
  }

  /** What has been written, the reserved bytes included. The writer must not be used afterwards. */
  finish(): Buffer {
    return this.bytes.subarray(0, this.offset);
  }

  u32(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
      throw protocolError(`${value} does not fit an unsigned 32-bit number`);
    }
    const start = this.reserve(4);
    this.bytes.writeUInt32BE(value, start);
  }

  i32(value: number): void {
    if ((value | 0) !== value) throw protocolError(`${value} does not fit a 32-bit number`);
    const start = this.reserve(4);
    this.bytes.writeInt32BE(value, start);
  }

  u64(value: bigint): void {
    if (BigInt.asUintN(64, value) !== value) {
      throw protocolError(`${value} does not fit an unsigned 64-bit number`);
    }
    const start = this.reserve(8);
    this.bytes.writeBigUInt64BE(value, start);
  }

  i64(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) {
      throw protocolError(`${value} does not fit a 64-bit number`);
    }
    const start = this.reserve(8);
    this.bytes.writeBigInt64BE(value, start);
  }

  f64(value: number): void {
    const start = this.reserve(8);
    this.bytes.writeDoubleBE(value, start);
  }

  fixed(value: Uint8Array): void {
    const padded = (value.length + 3) & ~3;
    const start = this.reserve(padded);
    this.bytes.set(value, start);
    this.bytes.fill(0, start + value.length, start + padded);
  }

  /** Bytes as they are, without padding: the payload of a stream packet. */
  raw(value: Uint8Array): void {
    const start = this.reserve(value.length);
    this.bytes.set(value, start);
  }

  opaque(value: Uint8Array, maxBytes: number): void {
    this.count(value.length, maxBytes);
    this.fixed(value);
  }

  text(value: string, maxBytes = MAX_TEXT_BYTES): void {
    if (value.includes("\0")) throw protocolError("a text with a NUL cannot be sent");
    const length = Buffer.byteLength(value);
    this.count(length, maxBytes);
    const padded = (length + 3) & ~3;
    const start = this.reserve(padded);
    this.bytes.write(value, start, length, "utf8");
    this.bytes.fill(0, start + length, start + padded);
  }

  uuid(value: string): void {
    if (!UUID.test(value)) throw protocolError(`"${value}" is not a UUID`);
    const start = this.reserve(16);
    for (let from = 0, to = start; to < start + 16; from += 2, to++) {
      if (value.charCodeAt(from) === DASH) from++;
      this.bytes[to] = (digit(value.charCodeAt(from)) << 4) | digit(value.charCodeAt(from + 1));
    }
  }

  /** The length word of an array. */
  count(length: number, max: number): void {
    if (length > max) throw protocolError(`${length} items or bytes are above the limit of ${max}`);
    this.u32(length);
  }

  /** Call it before touching `bytes`, which it may replace. */
  private reserve(length: number): number {
    const start = this.offset;
    const needed = start + length;
    if (needed > this.bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, start);
      this.bytes = grown;
    }
    this.offset = needed;
    return start;
  }
}

/** The value of a hexadecimal digit, by its character code in either case. */
function digit(code: number): number {
  return code <= NINE ? code - ZERO : (code & 7) + 9;
}
