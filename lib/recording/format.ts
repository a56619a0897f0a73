import { crc32 } from "node:zlib";

/**
 * A recording is a file of segments, each whole in itself: a header, updates of RFB compressed by
 * gzip, and an index of them. The first update paints the whole screen. The header is written
 * last, so that a file ends with its last whole segment however its writer ended.
 */
export const fileHead = Buffer.from("PORTICO RFB 0001");

const magic = 0x50_52_53_31;
export const headerBytes = 36;
export const indexEntryBytes = 10;

/** One update of a segment. */
export interface UpdateEntry {
  /** Since the recording began. */
  atMs: number;
  /** Length in the segment once it is unpacked. */
  bytes: number;
  /** Thousandths of the screen that have changed. */
  changed: number;
}

export interface SegmentHeader {
  width: number;
  height: number;
  updates: number;
  startMs: number;
  endMs: number;
  packedBytes: number;
  /** Of packed bytes and index. */
  checksum: number;
}

/** Length of a segment in the file. */
export function segmentBytes({ packedBytes, updates }: SegmentHeader): number {
  return headerBytes + packedBytes + updates * indexEntryBytes;
}

export function encodeHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.writeUInt32BE(magic, 0);
  bytes.writeUInt16BE(header.width, 4);
  bytes.writeUInt16BE(header.height, 6);
  bytes.writeUInt32BE(header.updates, 8);
  bytes.writeUInt32BE(header.startMs, 12);
  bytes.writeUInt32BE(header.endMs, 16);
  bytes.writeUInt32BE(header.packedBytes, 20);
  bytes.writeUInt32BE(header.checksum, 24);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, headerBytes - 4)), headerBytes - 4);
  return bytes;
}

/** Null when it is none, or not whole. */
export function decodeHeader(bytes: Buffer): SegmentHeader | null {
  if (bytes.length < headerBytes || bytes.readUInt32BE(0) !== magic) return null;
  const sum = crc32(bytes.subarray(0, headerBytes - 4));
  if (bytes.readUInt32BE(headerBytes - 4) !== sum) return null;
  return {
    width: bytes.readUInt16BE(4),
    height: bytes.readUInt16BE(6),
    updates: bytes.readUInt32BE(8),
    startMs: bytes.readUInt32BE(12),
    endMs: bytes.readUInt32BE(16),
    packedBytes: bytes.readUInt32BE(20),
    checksum: bytes.readUInt32BE(24),
  };
}

export function encodeIndex(entries: readonly UpdateEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * indexEntryBytes);
  entries.forEach((entry, position) => {
    const at = position * indexEntryBytes;
    bytes.writeUInt32BE(entry.atMs, at);
    bytes.writeUInt32BE(entry.bytes, at + 4);
    bytes.writeUInt16BE(entry.changed, at + 8);
  });
  return bytes;
}

export function decodeIndex(bytes: Buffer): UpdateEntry[] {
  const entries: UpdateEntry[] = [];
  for (let at = 0; at + indexEntryBytes <= bytes.length; at += indexEntryBytes) {
    entries.push({
      atMs: bytes.readUInt32BE(at),
      bytes: bytes.readUInt32BE(at + 4),
      changed: bytes.readUInt16BE(at + 8),
    });
  }
  return entries;
}
