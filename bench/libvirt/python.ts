import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface PythonPeer {
  /** Milliseconds of each round; the connection and the process are warm from the second on. */
  measure(what: "call" | "list", uri: string, rounds: number): Promise<number[]>;
  stop(): Promise<void>;
}

/** Starts the Python peer (package python3-libvirt), which measures itself without our overhead. */
export function startPython(): PythonPeer {
  const script = fileURLToPath(new URL("peer.py", import.meta.url));
  const child = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async measure(what, uri, rounds) {
      child.stdin.write(`${JSON.stringify({ what, uri, rounds })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("the Python peer has ended; is python3-libvirt installed?");
      return JSON.parse(value);
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
