/** Below this the set-up of a word-wise pass costs more than it saves. */
const wordwiseFrom = 128;

/**
 * Removes the mask from `length` bytes at `from` and leaves them at `to` (`to <= from`), so that
 * payloads of neighbouring frames become one run. `phase` is how many bytes of the payload came
 * before, in earlier chunks.
 */
export function unmask(
  bytes: Buffer,
  from: number,
  to: number,
  length: number,
  key: Uint8Array,
  phase: number,
): void {
  if (length >= wordwiseFrom) {
    unmaskWords(bytes, from, length, key, phase);
    if (to !== from) bytes.copyWithin(to, from, from + length);
    return;
  }
  unmaskBytes(bytes, from, to, length, key, phase);
}

function unmaskBytes(
  bytes: Buffer,
  from: number,
  to: number,
  length: number,
  key: Uint8Array,
  phase: number,
): void {
  for (let index = 0; index < length; index += 1) {
    bytes[to + index] = (bytes[from + index] as number) ^ (key[(phase + index) & 3] as number);
  }
}

function unmaskWords(
  bytes: Buffer,
  from: number,
  length: number,
  key: Uint8Array,
  phase: number,
): void {
  const lead = -(bytes.byteOffset + from) & 3;
  unmaskBytes(bytes, from, from, lead, key, phase);
  const start = from + lead;
  const wordCount = (length - lead) >>> 2;
  // The key, turned to where the first whole word begins, in this machine's byte order.
  const turned = new Uint8Array(4);
  for (let index = 0; index < 4; index += 1) {
    turned[index] = key[(phase + lead + index) & 3] as number;
  }
  const word = new Int32Array(turned.buffer)[0] as number;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, wordCount);
  for (let index = 0; index < wordCount; index += 1) {
    words[index] = (words[index] as number) ^ word;
  }
  const done = lead + wordCount * 4;
  unmaskBytes(bytes, from + done, from + done, length - done, key, phase + done);
}
