import type { ByteSource } from "@/lib/model/iso/bytes";
import { headBytes, type Qcow2Header, readQcow2Header } from "@/lib/model/volume/qcow2-header";
import { refuse } from "../refuse";
import { inflated } from "./inflate";
import { lastFew, pieceBytes, piecesOfTables, type SourceDisk } from "./source-disk";
import { viewOf } from "./vmdk-header";

const entryBytes = 8;
const offsetMask = 0x00ff_ffff_ffff_fe00n;
const packedBit = 1n << 62n;
const zeroBit = 1n;
/** QEMU's own bound of the first table. */
const maxTableBytes = 32 * 1024 * 1024;
const keptTables = 8;

/**
 * A qcow2 disk that is whole by itself. A file below, data in another file, encryption and features
 * that this reader does not know are refused; no entry leads anywhere but into the same file.
 * Throws `input.invalid`, also for one that is larger than `maxBytes`.
 */
export async function qcow2Disk(source: ByteSource, maxBytes: number): Promise<SourceDisk> {
  const head = await source.read(0, Math.min(headBytes, source.sizeBytes));
  const header = readQcow2Header(head);
  if (header === null) throw refuse("disk_damaged");
  assertPlain(header, head);
  const { clusterBytes, virtualBytes: capacityBytes, version } = header;
  if (capacityBytes > maxBytes) {
    throw refuse("disk_too_large", { limitGib: Math.floor(maxBytes / 1024 ** 3) });
  }
  const perTable = clusterBytes / entryBytes;
  const clusters = Math.ceil(capacityBytes / clusterBytes);
  const first = await firstTable(source, head, Math.ceil(clusters / perTable));
  const tableOf = lastFew(keptTables, async (index: number) => {
    const at = Number(first.getBigUint64(index * entryBytes) & offsetMask);
    if (at === 0) return null;
    if (at + clusterBytes > source.sizeBytes) throw refuse("truncated");
    return viewOf(await source.read(at, clusterBytes));
  });
  const contentOf = (entry: bigint): bigint => {
    if ((entry & packedBit) !== 0n) return entry;
    return version >= 3 && (entry & zeroBit) !== 0n ? 0n : entry & offsetMask;
  };
  const entryOf = async (cluster: number): Promise<bigint> => {
    const table = await tableOf(Math.floor(cluster / perTable));
    return contentOf(table?.getBigUint64((cluster % perTable) * entryBytes) ?? 0n);
  };
  const clusterOf = lastFew(2, async (cluster: number): Promise<Uint8Array> => {
    const entry = await entryOf(cluster);
    if (entry === 0n) return new Uint8Array(clusterBytes);
    if ((entry & packedBit) !== 0n) return unpacked(source, clusterBytes, entry);
    const at = Number(entry);
    if (at % clusterBytes !== 0) throw refuse("disk_damaged");
    if (at >= source.sizeBytes) throw refuse("truncated");
    const bytes = await source.read(at, clusterBytes);
    if (bytes.length === clusterBytes) return bytes;
    const padded = new Uint8Array(clusterBytes);
    padded.set(bytes);
    return padded;
  });
  return {
    format: "qcow2",
    capacityBytes,
    pieces: () =>
      piecesOfTables({
        capacityBytes,
        unitBytes: clusterBytes,
        tables: Math.ceil(clusters / perTable),
        async unitsOf(index) {
          const table = await tableOf(index);
          if (table === null) return [];
          return heldBy(table, index * perTable, clusters, contentOf);
        },
      }),
    async read(piece) {
      const at = piece * pieceBytes;
      if (clusterBytes >= pieceBytes) {
        const bytes = await clusterOf(Math.floor(at / clusterBytes));
        return bytes.subarray(at % clusterBytes, (at % clusterBytes) + pieceBytes);
      }
      const bytes = new Uint8Array(pieceBytes);
      for (let within = 0; within < pieceBytes; within += clusterBytes) {
        const cluster = (at + within) / clusterBytes;
        if (cluster < clusters) bytes.set(await clusterOf(cluster), within);
      }
      return bytes;
    },
  };
}

function* heldBy(
  table: DataView,
  from: number,
  clusters: number,
  contentOf: (entry: bigint) => bigint,
): Generator<number> {
  const entries = Math.min(table.byteLength / entryBytes, clusters - from);
  for (let index = 0; index < entries; index++) {
    if (contentOf(table.getBigUint64(index * entryBytes)) !== 0n) yield from + index;
  }
}

function assertPlain(header: Qcow2Header, head: Uint8Array): void {
  // Also a name that lies elsewhere than in the head, or has no length: there is none to be.
  if (header.backing !== null || viewOf(head).getBigUint64(8) !== 0n) throw refuse("disk_backing");
  if (header.externalData) throw refuse("disk_external");
  if (header.encryption !== null) throw refuse("disk_encrypted");
  const unread = header.extendedL2 || header.unknownFeatures || header.compression !== "zlib";
  if (unread) throw refuse("disk_features");
  if (header.corrupt) throw refuse("disk_damaged");
}

async function firstTable(source: ByteSource, head: Uint8Array, needed: number) {
  const bytes = viewOf(head);
  const entries = bytes.getUint32(36);
  const at = Number(bytes.getBigUint64(40));
  const length = needed * entryBytes;
  if (entries < needed || length > maxTableBytes) throw refuse("disk_damaged");
  if (at + length > source.sizeBytes) throw refuse("truncated");
  return viewOf(await source.read(at, length));
}

/** A packed cluster: its place in single bytes, its length in sectors of 512. */
async function unpacked(
  source: ByteSource,
  clusterBytes: number,
  entry: bigint,
): Promise<Uint8Array> {
  const sizeShift = BigInt(62 - (Math.log2(clusterBytes) - 8));
  const at = Number(entry & ((1n << sizeShift) - 1n));
  const sectors = Number((entry & (packedBit - 1n)) >> sizeShift) + 1;
  if (at >= source.sizeBytes) throw refuse("truncated");
  const packed = await source.read(at, sectors * 512 - (at % 512));
  const bytes = await inflated("raw", packed, clusterBytes);
  if (bytes.length < clusterBytes) throw refuse("disk_damaged");
  return bytes;
}
