import { setTimeout as delay } from "node:timers/promises";
import type { Generator, Relay } from "./children";
import { cpuSeconds, memoryKib } from "./cpu";

const gib = 1024 ** 3;
const patienceMs = 20_000;

export interface Throughput {
  cpuSecondsPerGib: number;
  mibPerSecond: number;
}

async function opened<T>(
  generator: Generator,
  open: Parameters<Generator["ask"]>[0],
  measure: () => Promise<T>,
): Promise<T> {
  await generator.ask(open);
  try {
    return await measure();
  } finally {
    await generator.ask({ op: "close" });
    // Relays that fork need a moment until their children have ended.
    await delay(150);
  }
}

/** What passes between two looks, while it goes on, and the CPU it took. */
async function between(
  generator: Generator,
  pid: number,
  windowMs: number,
): Promise<{ bytes: number; cpu: number; seconds: number }> {
  const cpuBefore = cpuSeconds(pid);
  const before = await generator.ask({ op: "received", side: "clients" });
  const start = performance.now();
  await delay(windowMs);
  const bytes = (await generator.ask({ op: "received", side: "clients" })) - before;
  const seconds = (performance.now() - start) / 1e3;
  return { bytes, cpu: cpuSeconds(pid) - cpuBefore, seconds };
}

/** Pixels as fast as they go, from the target to this many consoles. */
export function throughput(
  generator: Generator,
  relay: Relay,
  consoles: number,
  windowMs: number,
): Promise<Throughput> {
  const { port, framed } = relay;
  return opened(generator, { op: "open", port, framed, consoles, mode: "flood" }, async () => {
    await delay(300);
    const { bytes, cpu, seconds } = await between(generator, relay.pid, windowMs);
    return { cpuSecondsPerGib: (cpu * gib) / bytes, mibPerSecond: bytes / seconds / 1024 ** 2 };
  });
}

/** CPU microseconds for one 6-byte message from a browser to its guest, of ten consoles. */
export function inputCost(
  generator: Generator,
  relay: Relay,
  pace: "burst" | "single",
  count: number,
): Promise<number> {
  const { port, framed } = relay;
  const consoles = 10;
  return opened(generator, { op: "open", port, framed, consoles, mode: "sink" }, async () => {
    await delay(150);
    const before = cpuSeconds(relay.pid);
    await generator.ask({ op: "type", pace, count });
    const wanted = consoles * count * 6;
    const end = performance.now() + patienceMs;
    while ((await generator.ask({ op: "received", side: "target" })) < wanted) {
      if (performance.now() > end) throw new Error(`${relay.name} lost messages`);
      await delay(20);
    }
    return ((cpuSeconds(relay.pid) - before) * 1e6) / (consoles * count);
  });
}

/** Median round trip of a 10-byte message in microseconds; without a relay, straight to it. */
export function roundTrip(
  generator: Generator,
  relay: Relay | null,
  count: number,
): Promise<number> {
  const port = relay?.port ?? null;
  const framed = relay?.framed ?? false;
  return opened(generator, { op: "open", port, framed, consoles: 1, mode: "echo" }, async () => {
    await generator.ask({ op: "roundTrip", count: Math.ceil(count / 5) });
    return generator.ask({ op: "roundTrip", count });
  });
}

/** MiB by which a relay grows when one side does not read and the other offers `bytes`. */
export function growth(
  generator: Generator,
  relay: Relay,
  stalled: "browser" | "target",
  bytes: number,
): Promise<number> {
  const { port, framed } = relay;
  const mode = stalled === "browser" ? "flood" : "stalled";
  const before = memoryKib(relay.pid);
  return opened(generator, { op: "open", port, framed, consoles: 1, mode }, async () => {
    if (stalled === "browser") await generator.ask({ op: "pause" });
    else await generator.ask({ op: "send", bytes });
    await delay(1_500);
    return Math.max(0, memoryKib(relay.pid) - before) / 1024;
  });
}
