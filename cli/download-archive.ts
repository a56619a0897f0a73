import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { CliError } from "./cli-error";
import type { Client } from "./client";
import { exitCodes } from "./exit-codes";
import type { Printer } from "./printer";
import { problemOf } from "./problem";

/**
 * Writes an archive of the portal's into a file, which is under its name once it has come whole.
 * `out` undefined: as the portal calls it, in this folder. Throws a CliError that says what to do.
 */
export async function downloadArchive(
  { profile }: Client,
  path: string,
  out: string | undefined,
  print: Printer,
  signal: AbortSignal,
): Promise<{ file: string; sizeBytes: number }> {
  const { url, token } = profile;
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: "error",
    signal,
  }).catch((error: unknown) => {
    throw new CliError(`${url} does not answer: ${textOf(error)}`, exitCodes.unreachable);
  });
  if (!answer.ok || answer.body === null) {
    throw problemOf(answer.status, await answer.text(), url);
  }
  const sizeBytes = Number(answer.headers.get("content-length"));
  const said = answer.headers.get("content-disposition") ?? "";
  const named = /filename="([A-Za-z0-9._-]+)"/.exec(said)?.[1];
  const file = out ?? named ?? "portico.ova";
  const part = `${file}.part`;
  try {
    await pipeline(
      Readable.fromWeb(answer.body as ReadableStream<Uint8Array>),
      counted(sizeBytes, (percent) => print.progress(`${percent} %`)),
      createWriteStream(part),
      { signal },
    );
    await rename(part, file);
    return { file, sizeBytes };
  } catch (error) {
    await rm(part, { force: true });
    const why = "Was the VM started or changed meanwhile?";
    throw new CliError(`The archive broke off: ${textOf(error)}\n${why}`, exitCodes.unreachable);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function counted(total: number, say: (percent: number) => void) {
  let came = 0;
  let said = -1;
  return async function* (source: AsyncIterable<Uint8Array>) {
    for await (const piece of source) {
      came += piece.length;
      const percent = Math.floor((100 * came) / (total || 1));
      if (percent !== said) say(percent);
      said = percent;
      yield piece;
    }
    if (came < total) throw new Error(`${came} of ${total} bytes came`);
  };
}
