export interface ByteReader {
  /** The next length-prefixed string; null when fewer bytes are left than it claims. */
  string(): Uint8Array | null;
  /** The same as ASCII text. */
  text(): string | null;
  /** The next `mpint` when it is positive and has no superfluous zeros. */
  positiveInteger(): bigint | null;
  atEnd(): boolean;
}

/** Reads SSH's wire format (RFC 4251, section 5). */
export function byteReader(bytes: Uint8Array<ArrayBuffer>): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const reader: ByteReader = {
    string() {
      if (at + 4 > bytes.length) return null;
      const length = view.getUint32(at);
      if (at + 4 + length > bytes.length) return null;
      const found = bytes.subarray(at + 4, at + 4 + length);
      at += 4 + length;
      return found;
    },
    text() {
      const found = reader.string();
      return found === null ? null : String.fromCharCode(...found);
    },
    positiveInteger() {
      const found = reader.string();
      const [first, second = 0] = found ?? [];
      if (found === null || first === undefined || first > 0x7f) return null;
      if (first === 0 && second <= 0x7f) return null;
      const hex = [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return BigInt(`0x${hex}`);
    },
    atEnd: () => at === bytes.length,
  };
  return reader;
}
