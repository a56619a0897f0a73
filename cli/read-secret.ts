import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Io } from "./io";

const maxLength = 10_000;

/** A secret typed without echo at a terminal, or what stdin holds when it is none. */
export async function readSecret(io: Io, question: string): Promise<string> {
  if (io.stdin.isTTY !== true) {
    let text = "";
    for await (const chunk of io.stdin) {
      text += String(chunk);
      if (text.length > maxLength) break;
    }
    return text;
  }
  io.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: silent, terminal: true });
  try {
    return await lines.question("", { signal: io.signal });
  } finally {
    lines.close();
    io.stderr.write("\n");
  }
}
