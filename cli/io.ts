import type { Readable, Writable } from "node:stream";

/** What a command has of the world around it; tests bring their own. */
export interface Io {
  stdin: Readable & { isTTY?: boolean; setRawMode?(on: boolean): unknown };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** The streams and settings of this process. */
export function processIo(): Io {
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const { stdin, stdout, stderr } = process;
  // The command line has no other source for its settings: lib/env.ts is the server's.
  return { stdin, stdout, stderr, env: process.env, signal: abort.signal };
}
