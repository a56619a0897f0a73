import { type Figure, figureOf } from "../figure";
import { type Generator, type Relay, recipes } from "./children";
import { growth, inputCost, roundTrip, throughput } from "./measure";

export type Name = keyof typeof recipes;
export type Relays = Map<Name, Relay>;
type Values = Map<Name, number>;
type Goals = Partial<Record<Name, { atMost?: number; atLeast?: number }>>;

/** What all comparisons of one run share. */
export interface Trial {
  generator: Generator;
  relays: Relays;
  rounds: number;
  /** `performance.now()` after which one round has to do, so that a busy machine ends in time. */
  hurryAt: number;
  windowMs: number;
  log: (line: string) => void;
}

/** What a stalled side may cost, in MiB; beyond it somebody holds what nobody reads. */
const growthBoundMib = 16;
const offeredBytes = 256 * 1024 ** 2;

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Measures every relay once per round, in turns, so that noise meets all of them. */
async function inTurns<T>(
  { relays, hurryAt }: Trial,
  rounds: number,
  measure: (relay: Relay) => Promise<T>,
): Promise<Map<Name, T[]>> {
  const results = new Map<Name, T[]>();
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0 && performance.now() > hurryAt) break;
    for (const [name, relay] of relays) {
      results.set(name, [...(results.get(name) ?? []), await measure(relay)]);
    }
  }
  return results;
}

function medians<T>(results: Map<Name, T[]>, pick: (result: T) => number): Values {
  return new Map([...results].map(([name, list]) => [name, median(list.map(pick))]));
}

/** Ours against every peer that was measured too. */
function compare(
  { log }: Trial,
  values: Values,
  { figure, unit, goals = {} }: { figure: string; unit: string; goals?: Goals },
): Figure[] {
  const shown = [...values].map(([name, value]) => `${recipes[name].name} ${value.toPrecision(3)}`);
  log(`${figure} (${unit}): ${shown.join(", ")}`);
  const ours = values.get("ours") ?? Number.NaN;
  // A peer that costs nothing measurable gives no ratio.
  return [...values]
    .filter(([name, peer]) => name !== "ours" && peer > 0)
    .map(([name, peer]) =>
      figureOf({ figure, ours, peer, peerName: recipes[name].name, unit }, goals[name]),
    );
}

/** CPU and speed of pixels on their way to this many browsers. */
export async function pixels(trial: Trial, consoles: number): Promise<Figure[]> {
  const results = await inTurns(trial, trial.rounds, (relay) =>
    throughput(trial.generator, relay, consoles, trial.windowMs),
  );
  const at = `${consoles} console${consoles === 1 ? "" : "s"}`;
  const goals: Goals = consoles === 100 ? { websockify: { atMost: 0.85 } } : {};
  const cpu = medians(results, (each) => each.cpuSecondsPerGib);
  const speed = medians(results, (each) => each.mibPerSecond);
  return [
    ...compare(trial, cpu, { figure: `CPU per GiB, ${at}`, unit: "s/GiB", goals }),
    ...compare(trial, speed, { figure: `throughput, ${at}`, unit: "MiB/s" }),
  ];
}

/** CPU of keys and pointer on their way to the guest. */
export async function typing(trial: Trial, pace: "burst" | "single"): Promise<Figure[]> {
  const count = pace === "burst" ? 2_000 : 300;
  const results = await inTurns(trial, trial.rounds, (relay) =>
    inputCost(trial.generator, relay, pace, count),
  );
  const figure = `CPU per input message, ${pace === "burst" ? "many at once" : "one by one"}`;
  return compare(
    trial,
    medians(results, (each) => each),
    { figure, unit: "us" },
  );
}

/** What a relay adds to the round trip of a small message. */
export async function latency(trial: Trial): Promise<Figure[]> {
  const count = 1_000;
  const results = await inTurns(trial, trial.rounds, async (relay) => {
    const direct = await roundTrip(trial.generator, null, count);
    return (await roundTrip(trial.generator, relay, count)) - direct;
  });
  const added = medians(results, (each) => each);
  return compare(trial, added, { figure: "added round trip, median", unit: "us" });
}

/** Memory that a relay takes while one side does not read and the other offers 256 MiB. */
export async function stalls(trial: Trial, side: "browser" | "target"): Promise<Figure[]> {
  const results = await inTurns(trial, 1, (relay) =>
    growth(trial.generator, relay, side, offeredBytes),
  );
  const values = medians(results, (each) => each);
  const figure = `growth, ${side === "browser" ? "browser" : "guest"} does not read`;
  const bound = { figure, unit: "MiB", peer: growthBoundMib, peerName: "bound" };
  return [
    ...compare(trial, values, { figure, unit: "MiB" }),
    figureOf({ ...bound, ours: values.get("ours") ?? Number.NaN }, { atMost: 1 }),
  ];
}
