import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { build } from "esbuild";
import type { FloodAnswer, FloodOrder } from "./flood";
import type { ReadersAnswer, ReadersOrder } from "./readers";

const here = import.meta.dirname;

/** Compiles the programs of the bench that run as processes of their own. */
export async function buildPrograms(folder: string): Promise<void> {
  await build({
    entryPoints: ["bare.ts", "flood.ts", "readers.ts"].map((name) => join(here, name)),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  });
}

export interface Child<Order, Answer> {
  ask(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

function start<Order extends object, Answer>(program: string): Child<Order, Answer> {
  const child = fork(program);
  return {
    async ask(order) {
      const answered = once(child, "message");
      child.send(order);
      const [answer] = (await answered) as [Answer];
      return answer;
    },
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/** Readers of the API, in a process of their own. */
export const startReaders = (folder: string): Child<ReadersOrder, ReadersAnswer> =>
  start(join(folder, "readers.cjs"));

/** People who try passwords, in a process of their own. */
export const startFlood = (folder: string): Child<FloodOrder, FloodAnswer> =>
  start(join(folder, "flood.cjs"));

/** A bare handler for these bodies by path; its answer is its port. */
export const startBare = (folder: string): Child<Record<string, string>, number> =>
  start(join(folder, "bare.cjs"));
