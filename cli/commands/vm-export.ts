import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { CliError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { exitCodes } from "../exit-codes";
import { findVm } from "../find-vm";
import { problemOf } from "../problem";

export const vmExport: Command = {
  path: ["vm", "export"],
  summary: "write a VM that is off into an OVA file, disks and all",
  args: [{ name: "NAME", completes: "vm" }],
  options: {
    out: { type: "string", value: "FILE", summary: "where to; else NAME.ova in this folder" },
  },
  async run(ctx) {
    const { args, options, print, io } = ctx;
    const client = await clientOf(ctx);
    const vm = await findVm(client, args.NAME ?? "");
    const { url, token } = client.profile;
    const answer = await fetch(new URL(`/api/exports/vms/${vm.id}`, url), {
      headers: { authorization: `Bearer ${token}` },
      redirect: "error",
      signal: io.signal,
    }).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CliError(`${url} does not answer: ${reason}`, exitCodes.unreachable);
    });
    if (!answer.ok || answer.body === null) {
      throw problemOf(answer.status, await answer.text(), url);
    }
    const total = Number(answer.headers.get("content-length"));
    const named = /filename="([A-Za-z0-9._-]+)"/.exec(
      answer.headers.get("content-disposition") ?? "",
    )?.[1];
    const file = typeof options.out === "string" ? options.out : (named ?? `${vm.id}.ova`);
    // Under its name there is only what has come whole.
    const part = `${file}.part`;
    try {
      const source = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
      await pipeline(
        source,
        counted(total, (percent) => print.progress(`${percent} %`)),
        createWriteStream(part),
        { signal: io.signal },
      );
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      const reason = error instanceof Error ? error.message : String(error);
      const why = "Was the VM started or changed meanwhile?";
      throw new CliError(`The archive broke off: ${reason}\n${why}`, exitCodes.unreachable);
    }
    print.result(`${vm.name} is in ${file}.`, { file, sizeBytes: total });
  },
};

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
