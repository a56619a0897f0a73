const BLOCK = 512;
/** What eleven octal digits can say; above it stands a binary number, as GNU tar writes it. */
const MAX_OCTAL = 8 ** 11 - 1;

/** The header of a plain file in a tar archive. `name` is ASCII, at most 100 bytes. */
export function tarHeader(name: string, sizeBytes: number, changedAt: Date): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error(`a name of tar is too long: ${name}`);
  block.write(name, 0);
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  if (sizeBytes <= MAX_OCTAL) block.write(`${octal(sizeBytes, 11)}\0`, 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(sizeBytes), 128);
  }
  block.write(`${octal(Math.floor(changedAt.getTime() / 1000), 11)}\0`, 136);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  // The sum is taken with blanks in its own place.
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

/** What stands between a file of that size and the next header. */
export function tarPadding(sizeBytes: number): Buffer {
  return Buffer.alloc((BLOCK - (sizeBytes % BLOCK)) % BLOCK);
}

/** What an archive ends with. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

/** What an archive of files of these sizes takes, in bytes. */
export function tarBytes(sizes: readonly number[]): number {
  const files = sizes.map((size) => BLOCK + size + tarPadding(size).length);
  return files.reduce((sum, bytes) => sum + bytes, 2 * BLOCK);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
