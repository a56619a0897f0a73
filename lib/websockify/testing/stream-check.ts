/** Byte `index` of an endless stream that belongs to `seed`; no two streams agree for long. */
export function patternBytes(seed: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at += 1) {
    const index = from + at;
    bytes[at] = (Math.imul(index ^ (seed << 8), 0x9e3779b1) >>> 24) ^ (index >>> 13);
  }
  return bytes;
}

/** Compares a stream that arrives in pieces with its pattern, byte by byte. */
export class PatternCheck {
  bytes = 0;
  firstFault: number | null = null;

  constructor(private readonly seed: number) {}

  push(chunk: Uint8Array): void {
    const expected = patternBytes(this.seed, this.bytes, chunk.length);
    if (this.firstFault === null && expected.compare(chunk) !== 0) {
      this.firstFault = this.bytes + chunk.findIndex((byte, at) => byte !== expected[at]);
    }
    this.bytes += chunk.length;
  }
}
