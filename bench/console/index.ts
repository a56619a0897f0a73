import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "../figure";
import { buildPrograms, recipes, startGenerator, startRelay } from "./children";
import {
  latency,
  many,
  type Name,
  pixels,
  type Relays,
  stalls,
  type Trial,
  typing,
} from "./comparisons";
import { inBrowser } from "./in-browser";

export interface ConsoleBenchOptions {
  /** Fewer and shorter rounds: below 90 s on two cores. */
  quick?: boolean;
  /** Gets a line per measurement. */
  log?: (line: string) => void;
}

/**
 * Measures the console bridge against its peers in one run, in turns, so that noise meets all of
 * them: CPU and speed of pixels, CPU of input, added latency, growth with a stalled side. Every
 * relay and the load are processes of their own. Peers that this machine has not got are left out.
 */
export async function run(options: ConsoleBenchOptions = {}): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "portico-bench-"));
  const path = join(folder, "target.sock");
  const log = options.log ?? (() => undefined);
  const running: { stop(): Promise<void> }[] = [];
  try {
    await buildPrograms(folder);
    const generator = await startGenerator(folder, path);
    running.push(generator);
    const relays: Relays = new Map();
    for (const [name, recipe] of Object.entries(recipes)) {
      const relay = await startRelay(recipe, path, folder);
      if (relay === null) {
        log(`${recipe.name}: not on this machine`);
        continue;
      }
      running.push(relay);
      relays.set(name as Name, relay);
    }
    const trial: Trial = {
      generator,
      relays,
      log,
      rounds: options.quick ? 2 : 5,
      hurryAt: performance.now() + (options.quick ? 100_000 : 400_000),
      windowMs: options.quick ? 500 : 2_000,
    };
    const figures: Figure[] = [];
    // Growth first: what the other trials leave behind would hide it.
    for (const side of ["browser", "target"] as const) figures.push(...(await stalls(trial, side)));
    // Before the floods, too, for the same reason.
    figures.push(...(await many(trial)));
    for (const consoles of [1, 10, 100]) figures.push(...(await pixels(trial, consoles)));
    for (const pace of ["burst", "single"] as const) figures.push(...(await typing(trial, pace)));
    figures.push(...(await latency(trial)));
    for (const each of running.splice(0)) await each.stop();
    figures.push(...(await inBrowser(options.quick ? 3 : 7, log)));
    return figures;
  } finally {
    for (const each of running) await each.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
