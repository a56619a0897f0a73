import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import {
  decodeHeader,
  decodeIndex,
  fileHead,
  headerBytes,
  indexEntryBytes,
  type SegmentHeader,
  segmentBytes,
  type UpdateEntry,
} from "./format";

export interface Segment extends SegmentHeader {
  offset: number;
  index: UpdateEntry[];
}

/** The whole segments of a recording, also of one that is being written or was cut off. */
export async function readSegments(path: string): Promise<Segment[]> {
  return reading(path, async (file) => {
    const segments: Segment[] = [];
    for await (const { offset, header } of headersOf(file)) {
      const index = Buffer.alloc(header.updates * indexEntryBytes);
      await file.read(index, 0, index.length, offset + headerBytes + header.packedBytes);
      segments.push({ ...header, offset, index: decodeIndex(index) });
    }
    return segments;
  });
}

/**
 * A segment's updates as the file has them, packed by gzip. Null when there is no such segment, or
 * when it is damaged.
 */
export async function readPacked(path: string, position: number): Promise<Buffer | null> {
  return reading(path, async (file) => {
    let at = 0;
    for await (const { offset, header } of headersOf(file)) {
      if (at++ !== position) continue;
      const bytes = Buffer.alloc(segmentBytes(header) - headerBytes);
      await file.read(bytes, 0, bytes.length, offset + headerBytes);
      return crc32(bytes) === header.checksum ? bytes.subarray(0, header.packedBytes) : null;
    }
    return null;
  });
}

async function* headersOf(file: FileHandle) {
  const { size } = await file.stat();
  const head = Buffer.alloc(headerBytes);
  await file.read(head, 0, fileHead.length, 0);
  if (!head.subarray(0, fileHead.length).equals(fileHead)) return;
  let offset = fileHead.length;
  for (;;) {
    const { bytesRead } = await file.read(head, 0, headerBytes, offset);
    const header = decodeHeader(head.subarray(0, bytesRead));
    if (header === null || offset + segmentBytes(header) > size) return;
    yield { offset, header };
    offset += segmentBytes(header);
  }
}

async function reading<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "r");
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
