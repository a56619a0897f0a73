import { type DetailedError, Upload } from "tus-js-client";
import { withBase } from "@/lib/base-path";
import type { UserMessage } from "@/lib/model/errors";
import type { ImageKind } from "@/lib/model/image";
import { isSending, type UploadFailure, uploadItems } from "./upload-items";
import { addReading } from "./upload-rate";

/** Small enough that a proxy in front with a body limit lets it pass, and that little is resent. */
const CHUNK_BYTES = 32 * 1024 * 1024;
/** About ten minutes: long enough for a portal that restarts or a train in a tunnel. */
const RETRY_DELAYS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, ...Array<number>(38).fill(15_000)];

/** The portal lets one person send four files at once; one place stays for another tab. */
const AT_ONCE = 3;

const uploads = new Map<string, Upload>();

interface Target {
  projectId: string;
  /** What it is meant as. */
  kind: ImageKind;
}

/** The same file in the same project goes on where it was cut, also after a reload. */
function fingerprint({ projectId, kind }: Target, file: File): string {
  const of = [projectId, file.name, file.size, file.lastModified];
  return ["portico", ...of, ...(kind === "iso" ? [] : [kind])].join("|");
}

/** Queues a file; an earlier upload of the same file goes on where it was cut. */
export function startUpload(target: Target, file: File): void {
  const key = fingerprint(target, file);
  const known = uploadItems.find(key);
  if (known && known.phase !== "failed" && known.phase !== "arrived") return;
  if (known) uploadItems.remove(key);
  uploadItems.add({
    key,
    ...target,
    name: file.name,
    sizeBytes: file.size,
    sentBytes: 0,
    phase: "waiting",
    readings: [],
    failure: null,
    imageId: null,
  });
  uploads.set(key, makeUpload(key, target, file));
  startWaiting();
}

/** Gives free places to those that wait, in their order. */
function startWaiting(): void {
  const items = uploadItems.get();
  const places = AT_ONCE - items.filter(isSending).length;
  for (const item of items.filter(({ phase }) => phase === "waiting").slice(0, places)) {
    uploadItems.change(item.key, { phase: "starting" });
    void begin(item.key);
  }
}

async function begin(key: string): Promise<void> {
  const upload = uploads.get(key);
  if (!upload) return;
  if (upload.url === null) {
    const previous = (await upload.findPreviousUploads()).at(-1);
    if (previous) upload.resumeFromPreviousUpload(previous);
  }
  // It may have been paused or cancelled while the storage was read.
  if (uploadItems.find(key)?.phase === "starting") upload.start();
}

function makeUpload(key: string, target: Target, file: File): Upload {
  return new Upload(file, {
    endpoint: withBase("/api/uploads"),
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    metadata: { filename: file.name, ...target },
    fingerprint: () => Promise.resolve(key),
    removeFingerprintOnSuccess: true,
    onUploadUrlAvailable() {
      uploadItems.change(key, { imageId: imageIdOf(uploads.get(key)?.url ?? null) });
    },
    onProgress(sentBytes) {
      const readings = addReading(uploadItems.find(key)?.readings ?? [], {
        atMs: performance.now(),
        sentBytes,
      });
      uploadItems.change(key, { phase: "uploading", sentBytes, readings });
    },
    onShouldRetry(error) {
      const worthIt = isPassing(error);
      if (worthIt) uploadItems.change(key, { phase: "retrying", readings: [] });
      return worthIt;
    },
    onSuccess() {
      uploads.delete(key);
      uploadItems.change(key, { phase: "arrived", sentBytes: file.size });
      startWaiting();
    },
    onError(error) {
      uploads.delete(key);
      uploadItems.change(key, { phase: "failed", failure: failureOf(error) });
      startWaiting();
    },
  });
}

/** No answer at all, a portal that starts, or another request that still writes the same file. */
function isPassing({ originalRequest, originalResponse }: DetailedError): boolean {
  const status = originalResponse?.getStatus() ?? 0;
  if (status === 0 || status >= 500 || status === 409 || status === 423) return true;
  return status === 429 && originalRequest.getMethod() !== "POST";
}

/** The last part of an upload's address is the id of the image that it becomes. */
function imageIdOf(url: string | null): string | null {
  return url === null ? null : (url.split("?")[0]?.split("/").at(-1) ?? null);
}

function failureOf(error: Error | DetailedError): UploadFailure {
  const response = "originalResponse" in error ? error.originalResponse : null;
  if (!response) return { kind: "text", text: error.message };
  const status = response.getStatus();
  if (status === 401) return { kind: "signed_out" };
  const message = messageOf(response.getBody());
  return message ? { kind: "message", message } : { kind: "status", status };
}

/** The portal refuses with JSON `{ message: { key, values } }`; a proxy in front with anything. */
function messageOf(body: string): UserMessage | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const message = (parsed as { message?: Partial<UserMessage> } | null)?.message;
    return typeof message?.key === "string" ? { key: message.key, values: message.values } : null;
  } catch {
    return null;
  }
}

/** Stops sending and keeps what has arrived. */
export async function pauseUpload(key: string): Promise<void> {
  uploadItems.change(key, { phase: "paused", readings: [] });
  await uploads.get(key)?.abort();
  startWaiting();
}

export function resumeUpload(key: string): void {
  uploadItems.change(key, { phase: "waiting" });
  startWaiting();
}

/** Stops and lets the portal throw away what has arrived. */
export async function cancelUpload(key: string): Promise<void> {
  const upload = uploads.get(key);
  uploads.delete(key);
  uploadItems.remove(key);
  await upload?.abort(true);
  startWaiting();
}
