import { randomBytes } from "node:crypto";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Figure } from "../figure";
import type { FloodOrder } from "./flood";
import { compared, pagesOf, readsOf } from "./pages";
import { signInUnder } from "./sign-in";
import { openStage, type Stage } from "./stage";
import { throughput } from "./throughput";

/** How many try passwords at once. */
const FLOOD = 50;

/**
 * The API under 200 readers of 1,000 VMs, and everybody else meanwhile: pages while the readers
 * read, pages, the API and sign-ins while others try passwords. All against the same portal in
 * the same run.
 */
export async function run({
  quick = false,
  log = () => undefined,
}: {
  quick?: boolean;
  log?: (line: string) => void;
} = {}): Promise<Figure[]> {
  const secret = randomBytes(48).toString("base64url");
  // The same key here and there: sessions are made by rows, without signing in.
  process.env.NEXTAUTH_SECRET = secret;
  const stage = await openStage(secret);
  const turns = quick ? 2 : 5;
  const step = (what: string) => log(`${what} (load average ${loadavg()[0]?.toFixed(2)})`);
  const pages = pagesOf(stage);
  try {
    step("readers and a bare handler");
    const figures: Figure[] = [];
    const add = (...more: Figure[]) => {
      figures.push(...more);
      for (const { figure, ours, peer, unit } of more)
        log(`${figure}: ${ours.toFixed(1)} ${unit}, peer ${peer.toFixed(1)}`);
    };
    add(...(await throughput(stage, quick)));
    step("pages while 200 read");
    add(...(await compared(stage, pages, reading(stage), turns)));
    for (const addresses of ["one", "many"] as const) {
      step(`wrong passwords, addresses: ${addresses}`);
      const load = guessing(stage, addresses, log);
      add(...(await compared(stage, [...pages, ...readsOf(stage)], load, turns)));
      add(await signInUnder(stage, load, turns));
    }
    return figures;
  } finally {
    await stage.stop();
  }
}

function reading({ port, lists, inventory, readers }: Stage) {
  const order = { port, paths: lists[0]?.paths ?? [], ms: null };
  const all = inventory.tokens.map((token) => `Bearer ${token}`);
  return {
    name: "200 readers",
    begin: async () => void (await readers.ask({ ...order, credentials: all })),
    end: async () => {
      const { failure } = await readers.ask({ ...order, credentials: [] });
      if (failure !== null) throw new Error(`a reader got: ${failure}`);
    },
  };
}

function guessing(
  { port, portal, signInAction, flood }: Stage,
  addresses: FloodOrder["addresses"],
  log: (line: string) => void,
) {
  const order = { port, origin: portal.origin, action: signInAction, addresses };
  let begun = 0;
  return {
    name: addresses === "one" ? "guesses from one address" : "guesses from many addresses",
    begin: async () => {
      await flood.ask({ ...order, people: FLOOD });
      begun = Date.now();
      await sleep(1_000);
    },
    end: async () => {
      const { attempts } = await flood.ask({ ...order, people: 0 });
      log(`${((1_000 * attempts) / (Date.now() - begun)).toFixed(0)} guesses answered a second`);
      await sleep(1_500);
    },
  };
}
