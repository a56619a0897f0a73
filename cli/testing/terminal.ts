import { PassThrough } from "node:stream";
import type { Command } from "../command";
import type { Io } from "../io";
import { runCall } from "../run-call";

/** Runs a call as a shell would; gives what was written and the exit code. */
export async function call(
  commands: readonly Command[],
  words: readonly string[],
  world: {
    env?: Io["env"];
    stdin?: string;
    signal?: AbortSignal;
    /** What is written, as it comes. */
    onOut?(text: string): void;
  } = {},
): Promise<{ code: number; out: string; err: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(world.stdin ?? "");
  const read = (stream: PassThrough) => {
    let text = "";
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    return () => text;
  };
  const [out, err] = [read(stdout), read(stderr)];
  stdout.on("data", (chunk: Buffer) => world.onOut?.(chunk.toString()));
  const signal = world.signal ?? new AbortController().signal;
  const code = await runCall(words, commands, {
    stdin,
    stdout,
    stderr,
    env: world.env ?? {},
    signal,
  });
  return { code, out: out(), err: err() };
}
