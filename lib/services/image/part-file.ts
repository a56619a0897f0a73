import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ByteSource } from "@/lib/model/iso/bytes";

/** Path of an upload's part. The name is the image's generated id, never the person's. */
export function partPath(uploadsDir: string, imageId: string): string {
  if (!/^[0-9a-z]{10}$/.test(imageId)) throw new Error(`not an image id: ${imageId}`);
  return join(uploadsDir, imageId);
}

/** Bytes that have arrived; null when there is no part. */
export async function partSize(uploadsDir: string, imageId: string): Promise<number | null> {
  try {
    return (await stat(partPath(uploadsDir, imageId))).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

export async function removePart(uploadsDir: string, imageId: string): Promise<void> {
  await rm(partPath(uploadsDir, imageId), { force: true });
}

/** Lends the file as a byte source to `use` and closes it afterwards. */
export async function withByteSource<T>(
  path: string,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return await use({ sizeBytes: size, read: (offset, length) => readAt(file, offset, length) });
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  const { bytesRead } = await file.read(buffer, 0, length, Math.max(0, offset));
  return buffer.subarray(0, bytesRead);
}

/** SHA-256 of the first `lengthBytes` of a file, as a hash that can go on. */
export async function hashOfFile(
  path: string,
  lengthBytes: number,
  signal?: AbortSignal,
  onProgress?: (bytes: number) => void,
): Promise<ReturnType<typeof createHash>> {
  const hash = createHash("sha256");
  if (lengthBytes === 0) return hash;
  let done = 0;
  const stream = createReadStream(path, { end: lengthBytes - 1, highWaterMark: 1024 * 1024 });
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
    done += (chunk as Buffer).length;
    onProgress?.(done);
  }
  return hash;
}
