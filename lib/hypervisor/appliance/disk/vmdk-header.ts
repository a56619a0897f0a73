import type { ByteSource } from "@/lib/model/iso/bytes";
import { refuse } from "../refuse";

export const sectorBytes = 512;
/** Entries of each second table: a constant of the format. */
export const entriesPerTable = 512;

const magic = 0x564d444b;
/** "The first table is told of at the end", where a file is written without going back. */
const atEnd = 0xffff_ffff_ffff_ffffn;
const flags = { packed: 1 << 16, markers: 1 << 17 } as const;
const grainSectors = { min: 8, max: 2048 };
const maxDescriptorBytes = 64 * 1024;

export interface VmdkHeader {
  capacityBytes: number;
  grainBytes: number;
  /** Where the first table lies. */
  tableAt: number;
}

/**
 * Reads the start of a VMDK, and its end where that tells. Only one kind is taken, "streamOptimized":
 * one file with packed content and its description inside. A description can name files of the host
 * as parts of the disk: we open none, and take none that names more than itself.
 */
export async function readVmdkHeader(source: ByteSource): Promise<VmdkHeader> {
  const first = viewOf(await source.read(0, sectorBytes));
  const start = readSector(first);
  if (start === null) throw refuse("vmdk_kind");
  await assertOwnExtent(source, first, start.capacitySectors);
  const end = start.tableSector === atEnd ? await readFooter(source) : start;
  const isSame =
    end.grain === start.grain &&
    end.capacitySectors === start.capacitySectors &&
    end.tableSector !== atEnd;
  const tableAt = Number(end.tableSector) * sectorBytes;
  if (!isSame || tableAt <= 0 || tableAt >= source.sizeBytes) throw refuse("disk_damaged");
  return {
    capacityBytes: start.capacitySectors * sectorBytes,
    grainBytes: start.grain * sectorBytes,
    tableAt,
  };
}

interface Sector {
  capacitySectors: number;
  grain: number;
  tableSector: bigint;
}

/** Null unless it is a header of the kind that is taken. */
function readSector(bytes: DataView): Sector | null {
  if (bytes.byteLength < sectorBytes || bytes.getUint32(0, true) !== magic) return null;
  const version = bytes.getUint32(4, true);
  const own = flags.packed | flags.markers;
  const isStream = (bytes.getUint32(8, true) & own) === own && bytes.getUint16(77, true) === 1;
  if (version < 1 || version > 3 || !isStream) return null;
  // A file that once went through a transfer as text.
  if (bytes.getUint32(73, true) !== 0x0a0d_200a) throw refuse("disk_damaged");
  const capacitySectors = Number(bytes.getBigUint64(12, true));
  const grain = Number(bytes.getBigUint64(20, true));
  const isSound =
    Number.isSafeInteger(capacitySectors * sectorBytes) &&
    capacitySectors > 0 &&
    grain >= grainSectors.min &&
    grain <= grainSectors.max &&
    Number.isInteger(Math.log2(grain)) &&
    bytes.getUint32(44, true) === entriesPerTable;
  if (!isSound) throw refuse("disk_damaged");
  return { capacitySectors, grain, tableSector: bytes.getBigUint64(56, true) };
}

/** The second header: before it a mark that says so, behind it the mark of the end. */
async function readFooter(source: ByteSource): Promise<Sector> {
  const from = source.sizeBytes - 3 * sectorBytes;
  if (from <= 0) throw refuse("truncated");
  const bytes = await source.read(from, 3 * sectorBytes);
  const sector = readSector(viewOf(bytes.subarray(sectorBytes, 2 * sectorBytes)));
  if (sector === null) throw refuse("truncated");
  return sector;
}

async function assertOwnExtent(
  source: ByteSource,
  header: DataView,
  capacitySectors: number,
): Promise<void> {
  const at = Number(header.getBigUint64(28, true)) * sectorBytes;
  const length = Number(header.getBigUint64(36, true)) * sectorBytes;
  if (at <= 0 || length <= 0 || length > maxDescriptorBytes) throw refuse("vmdk_kind");
  const text = new TextDecoder("latin1").decode(await source.read(at, length));
  const lines = (text.split("\0", 1)[0] ?? "").split(/\r?\n/).map((line) => line.trim());
  const said = (name: string) => {
    const pattern = new RegExp(`^${name}\\s*=\\s*"?([^"]*)"?$`, "i");
    return lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  };
  if (said("createType").join() !== "streamOptimized") throw refuse("vmdk_kind");
  const parents = said("parentCID").filter((each) => each.toLowerCase() !== "ffffffff");
  if (parents.length > 0 || said("parentFileNameHint").length > 0) throw refuse("disk_parent");
  const extents = lines.filter((line) => /^(RW|RDONLY|NOACCESS)\s/i.test(line));
  const [, size, name] = /^RW (\d+) SPARSE "([^"]+)"$/.exec(extents[0] ?? "") ?? [];
  const isOwn = extents.length === 1 && Number(size) === capacitySectors;
  if (!isOwn || name === undefined || /[/\\]/.test(name)) throw refuse("vmdk_extent");
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
