import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { DataStore, ERRORS, Upload } from "@tus/server";
import type { Db } from "@/lib/db/client";
import { checkApplianceHead } from "@/lib/model/appliance-head";
import { AppError } from "@/lib/model/errors";
import { checkIsoHead, headBytes } from "@/lib/model/iso/head";
import { publish } from "../../live/bus";
import { hashOfFile, partPath, partSize, removePart, withByteSource } from "../part-file";
import type { UploadLocker } from "./locker";

/** The hash of the first `bytes` of a part, and whether its head has been looked at. */
interface Progress {
  hash: Hash;
  bytes: number;
  headIsFine: boolean;
}

const reportMs = 1_000;
/** What is read and thrown away after a refusal, so that the client gets to read why. */
const drainBytes = 64 * 1024 * 1024;

/**
 * Parts on disk, sizes and names in the database: the offset of an upload is the size of its part,
 * so it is right after any crash. The hash is computed from what was written, while it arrives;
 * a new process hashes what is there once and goes on.
 */
export class UploadStore extends DataStore {
  private readonly progress = new Map<string, Progress>();

  constructor(
    private readonly db: Db,
    private readonly uploadsDir: string,
    private readonly locker: UploadLocker,
  ) {
    super();
    this.extensions = ["creation", "creation-with-upload", "termination"];
  }

  override async create(upload: Upload): Promise<Upload> {
    const file = await open(partPath(this.uploadsDir, upload.id), "wx", 0o600);
    await file.close();
    this.progress.set(upload.id, { hash: createHash("sha256"), bytes: 0, headIsFine: false });
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const image = await this.db.image.findFirst({ where: { id, state: "uploading" } });
    const offset = await partSize(this.uploadsDir, id);
    if (!image || offset === null) throw ERRORS.FILE_NO_LONGER_EXISTS;
    return new Upload({
      id,
      offset,
      size: Number(image.sizeBytes),
      metadata: { kind: image.kind },
    });
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const { size = 0, metadata } = await this.getUpload(id);
    const check = metadata?.kind === "appliance" ? checkApplianceHead : checkIsoHead;
    const state = await this.progressAt(id, offset);
    const report = this.reporter(id);
    const file = await open(partPath(this.uploadsDir, id), "r+");
    let refusal: AppError | null = null;
    let drained = 0;
    try {
      for await (const chunk of source) {
        const bytes = chunk as Buffer;
        this.locker.touch(id);
        if (refusal) {
          drained += bytes.length;
          if (drained > drainBytes) break;
          continue;
        }
        refusal = await this.append(file, state, bytes).catch(diskFull);
        refusal ??= await this.refuseEarly(id, state, size, check);
        report(state.bytes);
      }
    } finally {
      await file.close();
    }
    await this.writeReceived(id, state.bytes);
    if (refusal) throw refusal;
    return state.bytes;
  }

  /** The finished file's SHA-256 in hex; null when this process has not seen all of it. */
  takeHash(id: string, sizeBytes: number): string | null {
    const state = this.progress.get(id);
    this.progress.delete(id);
    return state?.bytes === sizeBytes ? state.hash.digest("hex") : null;
  }

  /** Forgets an upload that has ended. */
  forget(id: string): void {
    this.progress.delete(id);
  }

  private async progressAt(id: string, offset: number): Promise<Progress> {
    const known = this.progress.get(id);
    if (known?.bytes === offset) return known;
    const hash = await hashOfFile(partPath(this.uploadsDir, id), offset);
    const state = { hash, bytes: offset, headIsFine: false };
    this.progress.set(id, state);
    return state;
  }

  /** Writes a whole chunk behind what is there; only what is on the file is hashed. */
  private async append(file: FileHandle, state: Progress, chunk: Buffer): Promise<null> {
    let done = 0;
    while (done < chunk.length) {
      const length = chunk.length - done;
      const { bytesWritten } = await file.write(chunk, done, length, state.bytes);
      state.hash.update(chunk.subarray(done, done + bytesWritten));
      state.bytes += bytesWritten;
      done += bytesWritten;
    }
    return null;
  }

  /** As soon as the descriptors are there: a disk image must not travel for an hour first. */
  private async refuseEarly(
    id: string,
    state: Progress,
    size: number,
    check: typeof checkIsoHead,
  ): Promise<AppError | null> {
    if (state.headIsFine || state.bytes < Math.min(headBytes, size)) return null;
    const path = partPath(this.uploadsDir, id);
    const head = await withByteSource(path, (source) => source.read(0, headBytes));
    const reason = check(head, size);
    state.headIsFine = true;
    if (!reason) return null;
    this.forget(id);
    await removePart(this.uploadsDir, id);
    const rows = await this.db.image.updateManyAndReturn({
      where: { id, state: "uploading" },
      data: { state: "refused", error: JSON.stringify(reason) },
      select: { projectId: true },
    });
    for (const { projectId } of rows) publish({ type: "image", projectId, imageId: id });
    return new AppError({
      code: "input.invalid",
      message: `image ${id} refused: ${reason.key}`,
      userMessage: reason,
    });
  }

  private reporter(id: string): (bytes: number) => void {
    let last = Date.now();
    return (bytes) => {
      if (Date.now() - last < reportMs) return;
      last = Date.now();
      this.writeReceived(id, bytes).catch(() => {
        // Only the shown progress: the part itself says how much has arrived.
      });
    };
  }

  private async writeReceived(id: string, bytes: number): Promise<void> {
    const rows = await this.db.image.updateManyAndReturn({
      where: { id, state: "uploading" },
      data: { receivedBytes: BigInt(bytes) },
      select: { projectId: true },
    });
    for (const { projectId } of rows) publish({ type: "image", projectId, imageId: id });
  }
}

/** A full disk becomes an answer that says so; anything else is a bug and is thrown on. */
function diskFull(error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
  return new AppError({
    code: "quota.exceeded",
    message: "the disk of the uploads is full",
    userMessage: { key: "upload.disk_full" },
    cause: error,
  });
}
