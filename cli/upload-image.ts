import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { Upload } from "tus-js-client";
import { CliError, usageError } from "./cli-error";
import type { Client } from "./client";
import { exitCodes } from "./exit-codes";
import type { Image } from "./find-image";
import { findProject } from "./find-project";
import type { Printer } from "./printer";
import { problemOf } from "./problem";

const retryDelaysMs = [500, 1_000, 3_000, 5_000, 10_000];
const pauseMs = 500;

/**
 * Uploads a file and waits until it is checked and stored. A broken connection is mended; a call
 * that was broken off goes on when the same file is uploaded again. Throws with exit code 7 when
 * the portal refuses what the file is.
 */
export async function uploadImage(
  client: Client,
  file: { path: string; name: string | undefined; kind?: Image["kind"] },
  print: Printer,
  signal: AbortSignal,
): Promise<Image> {
  const found = await stat(file.path).catch(() => null);
  if (!found?.isFile()) throw usageError(`${file.path} is no file.`);
  const name = file.name ?? basename(file.path);
  const { kind = "iso" } = file;
  const { image, uploadUrl } = await begin(client, { name, sizeBytes: found.size, kind });
  await send(client, { path: file.path, size: found.size, uploadUrl }, print, signal);
  return waitReady(client, image.id, print, signal);
}

/** The upload of this file that stopped half-way, else a new one. */
async function begin(client: Client, file: Pick<Image, "name" | "sizeBytes" | "kind">) {
  const { name, sizeBytes, kind } = file;
  const { id: projectId } = await findProject(client);
  const half = { projectId, name, state: "uploading", kind } as const;
  const { items } = await client.call("listImages", half);
  const image = items.find((each) => each.name === name && each.sizeBytes === sizeBytes);
  if (image) return { image, uploadUrl: `/api/uploads/${image.id}` };
  return client.call("createImageUpload", { projectId, name, sizeBytes, kind });
}

function send(
  { profile }: Client,
  file: { path: string; size: number; uploadUrl: string },
  print: Printer,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = -1;
    const upload = new Upload(createReadStream(file.path), {
      uploadUrl: `${profile.url}${file.uploadUrl}`,
      uploadSize: file.size,
      chunkSize: 8 * 1024 * 1024,
      retryDelays: retryDelaysMs,
      headers: { authorization: `Bearer ${profile.token}` },
      onProgress: (sent, total) => {
        const percent = Math.floor((100 * sent) / (total || 1));
        if (percent !== said) print.progress(`${percent} %`);
        said = percent;
      },
      onSuccess: () => resolve(),
      onError: (error) => reject(uploadError(error, profile.url)),
    });
    signal.addEventListener("abort", () => void upload.abort().then(() => reject(signal.reason)));
    upload.start();
  });
}

function uploadError(error: Error, url: string): CliError {
  const answer = "originalResponse" in error ? error.originalResponse : null;
  if (typeof answer === "object" && answer !== null && "getStatus" in answer) {
    const { getStatus, getBody } = answer as { getStatus(): number; getBody(): string };
    const status = getStatus.call(answer);
    if (status > 0) return problemOf(status, getBody.call(answer), url);
  }
  const more = "The same call goes on where it stopped.";
  return new CliError(`The upload broke off: ${error.message}\n${more}`, exitCodes.unreachable);
}

async function waitReady(
  client: Client,
  imageId: string,
  print: Printer,
  signal: AbortSignal,
): Promise<Image> {
  let said = "";
  for (;;) {
    const image = await client.call("getImage", { imageId });
    if (image.state === "ready") return image;
    if (image.error !== null) {
      throw new CliError(`${image.name}: ${image.error.detail}`, exitCodes.taskFailed, { image });
    }
    if (image.state !== said) print.progress(`${image.name}: ${image.state}`);
    said = image.state;
    await rest(pauseMs, undefined, { signal });
  }
}
