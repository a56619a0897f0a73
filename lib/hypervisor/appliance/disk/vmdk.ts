import type { ByteSource } from "@/lib/model/iso/bytes";
import { refuse } from "../refuse";
import { inflated } from "./inflate";
import { lastFew, pieceBytes, piecesOfTables, type SourceDisk } from "./source-disk";
import { entriesPerTable, readVmdkHeader, sectorBytes, viewOf } from "./vmdk-header";

const entryBytes = 4;
/** Before each packed grain: where on the disk it lies, and how long it is. */
const markerBytes = 12;
/** An entry of 1 stands for a grain of zeros, as 0 does. */
const firstSector = 2;
const keptTables = 64;

/**
 * A VMDK of the kind "streamOptimized". Each grain is found by two tables, and says itself which one
 * it is. Throws `input.invalid` for any other kind, and for one that is larger than `maxBytes`.
 */
export async function vmdkDisk(source: ByteSource, maxBytes: number): Promise<SourceDisk> {
  const { capacityBytes, grainBytes, tableAt } = await readVmdkHeader(source);
  if (capacityBytes > maxBytes) throw refuse("disk_too_large", gibOf(maxBytes));
  const grains = Math.ceil(capacityBytes / grainBytes);
  const tables = Math.ceil(grains / entriesPerTable);
  const first = await whole(source, tableAt, tables * entryBytes);
  const tableOf = lastFew(keptTables, async (index: number) => {
    const at = first.getUint32(index * entryBytes, true) * sectorBytes;
    return at === 0 ? null : whole(source, at, entriesPerTable * entryBytes);
  });
  const entryOf = async (grain: number): Promise<number> => {
    if (grain >= grains) return 0;
    const table = await tableOf(Math.floor(grain / entriesPerTable));
    const entry = table?.getUint32((grain % entriesPerTable) * entryBytes, true) ?? 0;
    return entry < firstSector ? 0 : entry;
  };
  const grainOf = lastFew(2, async (grain: number): Promise<Uint8Array> => {
    const at = (await entryOf(grain)) * sectorBytes;
    if (at === 0) return new Uint8Array(grainBytes);
    const marker = await whole(source, at, markerBytes);
    const length = marker.getUint32(8, true);
    const isIt = Number(marker.getBigUint64(0, true)) * sectorBytes === grain * grainBytes;
    if (!isIt || length === 0 || length > 2 * grainBytes) throw refuse("disk_damaged");
    const { buffer, byteOffset } = await whole(source, at + markerBytes, length);
    const packed = new Uint8Array(buffer, byteOffset, length);
    const bytes = await inflated("zlib", packed, grainBytes);
    if (bytes.length === grainBytes) return bytes;
    if (grain !== grains - 1) throw refuse("disk_damaged");
    const padded = new Uint8Array(grainBytes);
    padded.set(bytes);
    return padded;
  });
  return {
    format: "vmdk",
    capacityBytes,
    pieces: () =>
      piecesOfTables({
        capacityBytes,
        unitBytes: grainBytes,
        tables,
        async unitsOf(index) {
          const table = await tableOf(index);
          return table === null ? [] : heldBy(table, index * entriesPerTable, grains);
        },
      }),
    async read(piece) {
      const at = piece * pieceBytes;
      if (grainBytes >= pieceBytes) {
        const grain = await grainOf(Math.floor(at / grainBytes));
        return grain.subarray(at % grainBytes, (at % grainBytes) + pieceBytes);
      }
      const bytes = new Uint8Array(pieceBytes);
      for (let within = 0; within < pieceBytes; within += grainBytes) {
        const grain = (at + within) / grainBytes;
        if (grain < grains) bytes.set(await grainOf(grain), within);
      }
      return bytes;
    },
  };
}

function* heldBy(table: DataView, from: number, grains: number): Generator<number> {
  const entries = Math.min(entriesPerTable, grains - from);
  for (let index = 0; index < entries; index++) {
    if (table.getUint32(index * entryBytes, true) >= firstSector) yield from + index;
  }
}

/** Exactly these bytes. Throws `input.invalid` when the file ends before. */
async function whole(source: ByteSource, at: number, length: number): Promise<DataView> {
  if (at + length > source.sizeBytes) throw refuse("truncated");
  const bytes = await source.read(at, length);
  if (bytes.length < length) throw refuse("truncated");
  return viewOf(bytes);
}

function gibOf(bytes: number): { limitGib: number } {
  return { limitGib: Math.floor(bytes / 1024 ** 3) };
}
