import { protocolError } from "../errors";
import { internName } from "./names";

/** No text on libvirt's wire is longer. */
export const MAX_TEXT_BYTES = 4_194_304;

/** Above this length a native decode is cheaper than a loop of our own. */
const SHORT_TEXT_BYTES = 24;

/**
 * Reads XDR from one complete packet. Every length is checked against its cap and against what is
 * left of the packet before anything is allocated, so a hostile length costs nothing.
 */
export class Reader {
  private readonly bytes: Buffer;
  private readonly view: DataView;
  private offset = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  u32(): number {
    return this.view.getUint32(this.advance(4));
  }

  i32(): number {
    return this.view.getInt32(this.advance(4));
  }

  u64(): bigint {
    return this.view.getBigUint64(this.advance(8));
  }

  i64(): bigint {
    return this.view.getBigInt64(this.advance(8));
  }

  f64(): number {
    return this.view.getFloat64(this.advance(8));
  }

  bool(): boolean {
    const value = this.u32();
    if (value > 1) throw protocolError(`a boolean on the wire has the value ${value}`);
    return value === 1;
  }

  /** A copy, so that a small value does not keep a large packet alive. */
  fixed(length: number): Buffer {
    const start = this.skipPadded(length);
    return Buffer.from(this.bytes.subarray(start, start + length));
  }

  opaque(maxBytes: number): Buffer {
    return this.fixed(this.length(maxBytes));
  }

  text(maxBytes = MAX_TEXT_BYTES): string {
    const length = this.length(maxBytes);
    const start = this.skipPadded(length);
    return length <= SHORT_TEXT_BYTES
      ? this.shortText(start, length)
      : this.bytes.toString("utf8", start, start + length);
  }

  /** A text that comes back thousands of times, such as the name of a statistic. */
  name(): string {
    const length = this.length(MAX_TEXT_BYTES);
    const start = this.skipPadded(length);
    return internName(this.bytes, start, length);
  }

  uuid(): string {
    const start = this.advance(16);
    const hex = this.bytes.toString("hex", start, start + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** The length word of an array whose items take at least four bytes each. */
  count(max: number): number {
    const count = this.length(max);
    if (count * 4 > this.remaining) throw protocolError("an array is longer than its packet");
    return count;
  }

  /** Everything that is left, without a copy. */
  rest(): Buffer {
    const start = this.advance(this.remaining);
    return this.bytes.subarray(start);
  }

  /** Nothing may be left over: it would mean that we misread what came before. */
  end(): void {
    if (this.remaining > 0)
      throw protocolError(`${this.remaining} bytes are left over in a packet`);
  }

  private length(max: number): number {
    const length = this.u32();
    if (length > max) throw protocolError(`a length of ${length} is above the limit of ${max}`);
    return length;
  }

  private advance(length: number): number {
    const start = this.offset;
    if (length > this.bytes.length - start) throw protocolError("a packet ends too early");
    this.offset = start + length;
    return start;
  }

  private skipPadded(length: number): number {
    return this.advance((length + 3) & ~3);
  }

  private shortText(start: number, length: number): string {
    let text = "";
    for (let index = start; index < start + length; index++) {
      const byte = this.bytes[index] ?? 0;
      if (byte >= 0x80) return this.bytes.toString("utf8", start, start + length);
      text += String.fromCharCode(byte);
    }
    return text;
  }
}
