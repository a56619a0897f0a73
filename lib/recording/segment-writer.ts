import { once } from "node:events";
import type { FileHandle } from "node:fs/promises";
import { crc32, createGzip } from "node:zlib";
import { encodeHeader, encodeIndex, headerBytes, segmentBytes, type UpdateEntry } from "./format";
import type { ScreenSize } from "./server-messages";

/** Fast enough that a busy screen costs little, and text screens become small all the same. */
const compression = 4;

/** Writes one segment: what comes is compressed and on its way to the file at once. */
export class SegmentWriter {
  readonly updates: UpdateEntry[] = [];
  /** Bytes of the updates that are whole. */
  rawBytes = 0;
  private readonly gzip = createGzip({ level: compression });
  private readonly written: Promise<void>;
  private packedBytes = 0;
  private checksum = 0;

  /** `offset` is where it begins in the file. */
  constructor(
    private readonly file: FileHandle,
    private readonly offset: number,
    readonly size: ScreenSize,
  ) {
    this.gzip.on("error", () => undefined);
    this.written = this.carry();
    // Told by `finish`, or by the next write that waits.
    this.written.catch(() => undefined);
  }

  /** False: wait for `drained` before more. */
  write(chunk: Buffer): boolean {
    // The chunk is read anew before it is compressed.
    return this.gzip.write(Buffer.from(chunk));
  }

  /** Whether it is yet to take what it was given. */
  get isBusy(): boolean {
    return this.gzip.writableNeedDrain;
  }

  /** Resolves when more may be written; rejects when the file cannot be written. */
  async drained(): Promise<void> {
    if (!this.gzip.writableNeedDrain) return;
    await Promise.race([once(this.gzip, "drain"), this.written]);
  }

  endUpdate(entry: UpdateEntry): void {
    this.updates.push(entry);
    this.rawBytes += entry.bytes;
  }

  /** Makes it part of the file, up to the last whole update; returns its length there. */
  async finish(): Promise<number> {
    this.gzip.end();
    await this.written;
    const index = encodeIndex(this.updates);
    await writeAll(this.file, index, this.offset + headerBytes + this.packedBytes);
    const header = {
      ...this.size,
      updates: this.updates.length,
      startMs: this.updates[0]?.atMs ?? 0,
      endMs: this.updates.at(-1)?.atMs ?? 0,
      packedBytes: this.packedBytes,
      checksum: crc32(index, this.checksum),
    };
    await writeAll(this.file, encodeHeader(header), this.offset);
    return segmentBytes(header);
  }

  /** Takes what was written back out of the file. */
  async discard(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
    await this.file.truncate(this.offset);
  }

  private async carry(): Promise<void> {
    for await (const chunk of this.gzip as AsyncIterable<Buffer>) {
      this.checksum = crc32(chunk, this.checksum);
      const at = this.offset + headerBytes + this.packedBytes;
      this.packedBytes += chunk.length;
      await writeAll(this.file, chunk, at);
    }
  }
}

/** A disk that is full takes a part and says nothing. */
async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  const { bytesWritten } = await file.write(bytes, 0, bytes.length, at);
  if (bytesWritten < bytes.length) throw new Error("the recording's file takes no more");
}
