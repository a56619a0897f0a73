/** Bytes that follow each lead byte's range, as in the Unicode standard's table 3-7. */
function sequenceOf(lead: number): { more: number; low: number; high: number } | null {
  if (lead >= 0xc2 && lead <= 0xdf) return { more: 1, low: 0x80, high: 0xbf };
  if (lead === 0xe0) return { more: 2, low: 0xa0, high: 0xbf };
  if (lead === 0xed) return { more: 2, low: 0x80, high: 0x9f };
  if (lead >= 0xe1 && lead <= 0xef) return { more: 2, low: 0x80, high: 0xbf };
  if (lead === 0xf0) return { more: 3, low: 0x90, high: 0xbf };
  if (lead >= 0xf1 && lead <= 0xf3) return { more: 3, low: 0x80, high: 0xbf };
  if (lead === 0xf4) return { more: 3, low: 0x80, high: 0x8f };
  return null;
}

/** Checks UTF-8 that arrives in pieces, failing at the first byte that cannot be part of it. */
export class Utf8Check {
  private more = 0;
  private low = 0x80;
  private high = 0xbf;

  /** False as soon as the text is wrong; it must not be used after that. */
  push(bytes: Uint8Array): boolean {
    for (const byte of bytes) {
      if (this.more > 0) {
        if (byte < this.low || byte > this.high) return false;
        this.more -= 1;
        this.low = 0x80;
        this.high = 0xbf;
      } else if (byte > 0x7f) {
        const sequence = sequenceOf(byte);
        if (sequence === null) return false;
        this.more = sequence.more;
        this.low = sequence.low;
        this.high = sequence.high;
      }
    }
    return true;
  }

  /** Whether the text may end here, which is not so in the middle of a character. */
  get complete(): boolean {
    return this.more === 0;
  }
}
