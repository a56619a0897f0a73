import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import { ensureGuestIso } from "@/e2e/guest/guest-iso";
import { createVm, setUp, uploadIso } from "@/e2e/helpers/flows";
import { guestIsUp } from "@/e2e/helpers/oracle";
import { startWorld, type World } from "@/e2e/helpers/world";
import { type Figure, figureOf } from "../figure";
import { type Act, acts } from "./acts";
import { idle } from "./idle";
import { watch } from "./seen";

const LIMIT_MS = 1_000;

export interface LiveBenchOptions {
  /** One round instead of three. */
  quick?: boolean;
  /** Gets a line per act. */
  log?: (line: string) => void;
}

/**
 * How long after virsh has returned an open page shows what it did, in a real browser on the built
 * portal, without a reload: the slowest of the rounds against one second. And what it costs to look
 * for what has no event: processor time of the portal and its libvirtd while a page is open.
 */
export async function run(options: LiveBenchOptions = {}): Promise<Figure[]> {
  const { quick = false, log = () => undefined } = options;
  const world = await startWorld("bench");
  const browser = await chromium.launch({
    executablePath: process.env.PORTICO_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const context = await browser.newContext({ baseURL: world.portal.origin });
    const page = await context.newPage();
    const todo = await prepare(page, world);
    const delays = new Map<Act, number[]>(todo.map((act) => [act, []]));
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      for (const act of todo.filter(({ once }) => round === 0 || !once))
        delays.get(act)?.push(await delayMs(page, act, round));
    }
    const figures = [...delays].map(([act, each]) => {
      log(`${act.name}: ${each.map((ms) => ms.toFixed(0)).join(", ")} ms`);
      return shownWithin(act.name, Math.max(...each));
    });
    return [...figures, await idle(page, world, quick)];
  } finally {
    await browser.close();
    await world.stop();
  }
}

function shownWithin(name: string, ours: number): Figure {
  const facts = { figure: `shown after virsh ${name}`, ours, peer: LIMIT_MS, unit: "ms" };
  return figureOf({ ...facts, peerName: "a second" }, { atMost: 1 });
}

async function prepare(page: Page, { host, portal }: World): Promise<Act[]> {
  await setUp(page, portal);
  await uploadIso(page, await ensureGuestIso());
  const vmId = await createVm(page, { name: "Watched" });
  await guestIsUp(host, `p-${vmId}`);
  const path = (await host.virsh(["vol-list", "portico-images"])).match(/\/\S+\.iso/)?.[0];
  if (path === undefined) throw new Error("the pool has no ISO");
  return acts({ host, vmId, iso: { path, name: "guest-" } });
}

/** Zero where the page is faster than virsh's own end. */
async function delayMs(page: Page, act: Act, round: number): Promise<number> {
  if (new URL(page.url()).pathname !== act.path) {
    const stream = page.waitForResponse((response) => response.url().includes("/api/events"));
    await page.goto(act.path);
    await stream;
    // People look at a page for longer than it takes to fetch what its links lead to.
    await sleep(2_000);
  }
  const seen = await watch(act.sight(page, round));
  await act.run(round);
  const doneAt = Date.now();
  return Math.max(0, (await seen()) - doneAt);
}
