/** Where an image is read from; `read` may return fewer bytes than asked at the end. */
export interface ByteSource {
  sizeBytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

export const sectorBytes = 2048;

/** Bytes as Latin-1 text; shorter when the data ends before. */
export function text(bytes: Uint8Array, offset: number, length: number): string {
  let result = "";
  for (const byte of bytes.subarray(offset, offset + length)) result += String.fromCharCode(byte);
  return result;
}

export function u8(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}

export function u16(bytes: Uint8Array, offset: number): number {
  return u8(bytes, offset) + u8(bytes, offset + 1) * 0x100;
}

/** Little-endian; zero beyond the end, so that hostile offsets read nothing. */
export function u32(bytes: Uint8Array, offset: number): number {
  return u16(bytes, offset) + u16(bytes, offset + 2) * 0x10000;
}

/** Reads whole sectors, capped; never beyond the file. */
export async function readSectors(
  source: ByteSource,
  sector: number,
  count: number,
): Promise<Uint8Array> {
  const offset = sector * sectorBytes;
  const length = Math.min(count * sectorBytes, Math.max(0, source.sizeBytes - offset));
  return length === 0 ? new Uint8Array(0) : source.read(offset, length);
}
