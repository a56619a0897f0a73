import { type ByteSource, readSectors, sectorBytes, text, u8, u32 } from "./bytes";

export interface IsoEntry {
  /** Lower case, without version; the Rock Ridge name where there is one. */
  name: string;
  isDirectory: boolean;
  sector: number;
  lengthBytes: number;
}

const maxSectors = 32;
const maxEntries = 2_000;

/** Entries of a directory extent. Reads at most 64 KiB; hostile records end the list. */
export async function readDirectory(
  source: ByteSource,
  extent: { sector: number; lengthBytes: number },
): Promise<IsoEntry[]> {
  const sectors = Math.min(maxSectors, Math.ceil(extent.lengthBytes / sectorBytes));
  const bytes = await readSectors(source, extent.sector, sectors);
  const entries: IsoEntry[] = [];
  let offset = 0;
  while (offset < bytes.length && entries.length < maxEntries) {
    const length = u8(bytes, offset);
    if (length === 0) {
      // Records never cross a sector: the rest of this one is padding.
      offset = (Math.floor(offset / sectorBytes) + 1) * sectorBytes;
      continue;
    }
    if (length < 34 || offset + length > bytes.length) break;
    const entry = readRecord(bytes.subarray(offset, offset + length));
    if (entry) entries.push(entry);
    offset += length;
  }
  return entries;
}

function readRecord(record: Uint8Array): IsoEntry | null {
  const nameLength = u8(record, 32);
  if (33 + nameLength > record.length) return null;
  const plain = text(record, 33, nameLength);
  // "\0" and "\x01" stand for the directory itself and its parent.
  if (plain === "\0" || plain === "\x01" || plain === "") return null;
  const name = rockRidgeName(record, 33 + nameLength + (1 - (nameLength % 2))) ?? plain;
  return {
    name: name.toLowerCase().replace(/;\d+$/, "").replace(/\.$/, ""),
    isDirectory: (u8(record, 25) & 2) !== 0,
    sector: u32(record, 2),
    lengthBytes: u32(record, 10),
  };
}

/** The NM entry of the record's system use area. */
function rockRidgeName(record: Uint8Array, start: number): string | null {
  let offset = start;
  while (offset + 4 <= record.length) {
    const length = u8(record, offset + 2);
    if (length < 4 || offset + length > record.length) return null;
    if (text(record, offset, 2) === "NM" && length > 5) return text(record, offset + 5, length - 5);
    offset += length;
  }
  return null;
}
