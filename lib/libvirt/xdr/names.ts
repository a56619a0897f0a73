/** Enough for every statistic of a busy host; a hostile peer cannot make it grow further. */
const MAX_NAMES = 8192;
const MAX_NAME_BYTES = 96;

interface Name {
  bytes: Buffer;
  text: string;
}

const names = new Map<number, Name>();

/**
 * The text at `start`, decoded once per distinct value. Statistics of a thousand guests repeat the
 * same few dozen names, and decoding them was the largest part of the time.
 */
export function internName(bytes: Buffer, start: number, length: number): string {
  if (length > MAX_NAME_BYTES) return bytes.toString("utf8", start, start + length);
  let hash = length;
  for (let index = start; index < start + length; index++) {
    hash = (Math.imul(hash, 31) + (bytes[index] ?? 0)) | 0;
  }
  const known = names.get(hash);
  if (known !== undefined && equals(known.bytes, bytes, start, length)) return known.text;
  const text = bytes.toString("utf8", start, start + length);
  if (known === undefined && names.size < MAX_NAMES) {
    names.set(hash, { bytes: Buffer.from(bytes.subarray(start, start + length)), text });
  }
  return text;
}

function equals(name: Buffer, bytes: Buffer, start: number, length: number): boolean {
  if (name.length !== length) return false;
  for (let index = 0; index < length; index++) {
    if (name[index] !== bytes[start + index]) return false;
  }
  return true;
}
