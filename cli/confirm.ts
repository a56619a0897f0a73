import { createInterface } from "node:readline/promises";
import { usageError } from "./cli-error";
import type { Io } from "./io";

/** Asks a person; a program has to say `--yes`. Throws unless the answer is yes. */
export async function confirm(io: Io, question: string): Promise<void> {
  if (io.stdin.isTTY !== true) throw usageError(`${question} Say --yes.`);
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: io.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw usageError("Nothing was done.");
  } finally {
    lines.close();
  }
}
