import { type Figure, figureOf } from "../figure";
import { type Generator, type Relay, recipes } from "./children";
import { dripPercent, growth, idleKib, inputCost, roundTrip, throughput } from "./measure";
import { median } from "./median";

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
const growthBoundMib = 4;
const offeredBytes = 512 * 1024 ** 2;
const manyConsoles = 1_000;
const idleBoundKib = 20;
const dripBoundPercent = 3.5;

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
  // A peer that costs nothing measurable gives no ratio.
  const peers = [...values].filter(([name, peer]) => !own.includes(name) && peer > 0);
  return own.flatMap((mine) => {
    const ours = values.get(mine);
    if (ours === undefined) return [];
    return peers.map(([name, peer]) =>
      figureOf(
        { figure: `${figure}${through(mine)}`, ours, peer, peerName: recipes[name].name, unit },
        goals[name],
      ),
    );
  });
}

/** Ours: the bare bridge, and the whole portal. */
const own: readonly Name[] = ["ours", "portal"];

const mineOf = <T>(all: ReadonlyMap<Name, T>): Map<Name, T> =>
  new Map([...all].filter(([name]) => own.includes(name)));

const through = (name: Name) => (name === "portal" ? ", whole portal" : "");

/** Ours against what it may cost. */
function bounded(
  { log }: Trial,
  values: Values,
  { figure, unit, bound }: { figure: string; unit: string; bound: number },
): Figure[] {
  const facts = { unit, peer: bound, peerName: "bound" };
  return [...values].map(([name, ours]) => {
    log(`${figure}${through(name)} (${unit}): ${ours.toPrecision(3)}`);
    return figureOf({ ...facts, figure: `${figure}${through(name)}`, ours }, { atMost: 1 });
  });
}

/** CPU and speed of pixels on their way to this many browsers. */
export async function pixels(trial: Trial, consoles: number): Promise<Figure[]> {
  const results = await inTurns(trial, trial.rounds, (relay) =>
    throughput(trial.generator, relay, consoles, trial.windowMs),
  );
  const at = `${consoles} console${consoles === 1 ? "" : "s"}`;
  const goals: Goals =
    consoles === 100 ? { websockify: { atMost: 0.55 }, relay: { atMost: 1.25 } } : {};
  const speedGoals: Goals = consoles === 10 ? { websockify: { atLeast: 2.3 } } : {};
  const cpu = medians(results, (each) => each.cpuSecondsPerGib);
  const speed = medians(results, (each) => each.mibPerSecond);
  return [
    ...compare(trial, cpu, { figure: `CPU per GiB, ${at}`, unit: "s/GiB", goals }),
    ...compare(trial, speed, { figure: `throughput, ${at}`, unit: "MiB/s", goals: speedGoals }),
  ];
}

/** CPU of keys and pointer on their way to the guest. */
export async function typing(trial: Trial, pace: "burst" | "single"): Promise<Figure[]> {
  const count = pace === "burst" ? 10_000 : 300;
  const results = await inTurns(trial, trial.rounds, (relay) =>
    inputCost(trial.generator, relay, pace, count),
  );
  const figure = `CPU per input message, ${pace === "burst" ? "many at once" : "one by one"}`;
  return compare(
    trial,
    medians(results, (each) => each),
    { figure, unit: "us", goals: pace === "burst" ? { websockify: { atMost: 0.067 } } : {} },
  );
}

/** What a relay adds to the round trip of a small message. */
export async function latency(trial: Trial): Promise<Figure[]> {
  const count = 500;
  // Many short rounds: a neighbour's turn on the processor spoils one and not the median.
  const results = await inTurns(trial, 4 * trial.rounds, async (relay) => {
    const direct = await roundTrip(trial.generator, null, count);
    return (await roundTrip(trial.generator, relay, count)) - direct;
  });
  const added = medians(results, (each) => each);
  return compare(trial, added, {
    figure: "added round trip, median",
    unit: "us",
    goals: { relay: { atMost: 1.8 } },
  });
}

/** Memory that a relay takes while one side does not read and the other offers 512 MiB. */
export async function stalls(trial: Trial, side: "browser" | "target"): Promise<Figure[]> {
  const results = await inTurns(trial, 1, (relay) =>
    growth(trial.generator, relay, side, offeredBytes),
  );
  const values = medians(results, (each) => each);
  const figure = `growth, ${side === "browser" ? "browser" : "guest"} does not read`;
  return [
    ...compare(trial, values, { figure, unit: "MiB" }),
    ...bounded(trial, mineOf(values), { figure, unit: "MiB", bound: growthBoundMib }),
  ];
}

/** A thousand consoles of ours: memory of each when nothing goes on, and CPU when little does. */
export async function many(trial: Trial): Promise<Figure[]> {
  const { generator, relays, windowMs } = trial;
  const mine: Trial = {
    ...trial,
    relays: mineOf(relays),
  };
  const idle = await inTurns(mine, 1, (relay) => idleKib(generator, relay, manyConsoles));
  const light = new Map([...relays].filter(([name]) => name !== "websockify"));
  const drip = await inTurns({ ...trial, relays: light }, 1, (relay) =>
    dripPercent(generator, relay, manyConsoles, 5 * windowMs),
  );
  const self = (value: number) => value;
  const dripped = medians(drip, self);
  const dripFacts = { figure: "1,000 consoles of 2 KiB/s", unit: "% core" };
  return [
    ...bounded(trial, medians(idle, self), {
      figure: "idle console of 1,000, after traffic",
      unit: "KiB",
      bound: idleBoundKib,
    }),
    ...compare(trial, dripped, dripFacts),
    ...bounded(trial, mineOf(dripped), { ...dripFacts, bound: dripBoundPercent }),
  ];
}
