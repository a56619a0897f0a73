import { setTimeout as delay } from "node:timers/promises";
import type { Generator, Relay } from "./children";
import { cpuSeconds, memoryKib } from "./cpu";
import type { TargetMode } from "./generator-messages";

const gib = 1024 ** 3;
const patienceMs = 20_000;

export interface Throughput {
  cpuSecondsPerGib: number;
  mibPerSecond: number;
}

/** Consoles through a relay, or without one straight to the target, while something is measured. */
async function opened<T>(
  generator: Generator,
  relay: Relay | null,
  { consoles, mode }: { consoles: number; mode: TargetMode },
  measure: () => Promise<T>,
): Promise<T> {
  const { port = null, framed = false } = relay ?? {};
  const admissions = await relay?.admit?.(consoles);
  await generator.ask({ op: "open", port, framed, consoles, mode, admissions });
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
  return opened(generator, relay, { consoles, mode: "flood" }, async () => {
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
  const consoles = 10;
  return opened(generator, relay, { consoles, mode: "sink" }, async () => {
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
  return opened(generator, relay, { consoles: 1, mode: "echo" }, async () => {
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
  const mode = stalled === "browser" ? "flood" : "stalled";
  const before = memoryKib(relay.pid);
  return opened(generator, relay, { consoles: 1, mode }, async () => {
    if (stalled === "browser") await generator.ask({ op: "pause" });
    else await generator.ask({ op: "send", bytes });
    await delay(1_500);
    return Math.max(0, memoryKib(relay.pid) - before) / 1024;
  });
}

/**
 * KiB that each of many consoles costs after half a mebibyte of traffic, when nothing goes on. As
 * many go before: the heap that a thousand openings in a few seconds leave grown serves all later ones.
 */
export async function idleKib(
  generator: Generator,
  relay: Relay,
  consoles: number,
): Promise<number> {
  const filled = async (opened: number): Promise<number> => {
    const wanted = opened * 512 * 1024;
    const end = performance.now() + patienceMs;
    while ((await generator.ask({ op: "received", side: "clients" })) < wanted) {
      if (performance.now() > end) throw new Error(`${relay.name} keeps pixels back`);
      await delay(50);
    }
    return settledKib(relay);
  };
  const after = (count: number): Promise<number> =>
    opened(generator, relay, { consoles: count, mode: "once" }, () => filled(count));
  await after(consoles);
  const before = await settledKib(relay);
  return ((await after(consoles)) - before) / consoles;
}

async function settledKib(relay: Relay): Promise<number> {
  await delay(2_000);
  await relay.collect?.();
  // Until what was collected has gone back to the system.
  await delay(1_000);
  return memoryKib(relay.pid);
}

/** Per cent of a core for many screens on which two kibibytes change each second. */
export function dripPercent(
  generator: Generator,
  relay: Relay,
  consoles: number,
  windowMs: number,
): Promise<number> {
  return opened(generator, relay, { consoles, mode: "drip" }, async () => {
    await delay(2_000);
    const { cpu, seconds } = await between(generator, relay.pid, windowMs);
    return (cpu * 100) / seconds;
  });
}
