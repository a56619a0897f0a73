import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Ran {
  code: number;
  out: string;
  err: string;
}

const bin = join(import.meta.dirname, "..", "..", "bin", "portico.mjs");

/** Runs the built `portico` with these settings alone, and gives what it printed. */
export function portico(
  words: readonly string[],
  env: Record<string, string>,
  options: { signal?: AbortSignal; onOut?: (text: string) => void; input?: string } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [bin, ...words], {
    env: { NODE_ENV: "production", PATH: process.env.PATH ?? "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(options.input ?? "");
  const ran: Ran = { code: 0, out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    ran.out += chunk.toString();
    options.onOut?.(ran.out);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    ran.err += chunk.toString();
  });
  options.signal?.addEventListener("abort", () => child.kill("SIGINT"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ran, code: code ?? -1 }));
  });
}
