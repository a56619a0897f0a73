import { setTimeout as delay } from "node:timers/promises";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { waitForConsole } from "@/e2e/helpers/console-page";
import { eventually } from "@/e2e/helpers/eventually";
import { createVm, setUp } from "@/e2e/helpers/flows";
import { startWorld, type World } from "@/e2e/helpers/world";
import { type Figure, figureOf } from "../figure";
import { firstFramebufferMs, listeningAtMs } from "./direct-rfb";
import { median } from "./median";
import { notesPaints, paintedAfter } from "./paints";

/** What a person waits at most for a picture, in milliseconds; the first two besides QEMU's own time. */
const bounds = { cold: 250, hovered: 40, portal: 1_000, guest: 600 };
const prefetchMs = 1_500;
/** QEMU looks at a screen often for a while after somebody has left it. */
const calmMs = 2_500;

interface Stage {
  world: World;
  context: BrowserContext;
  vmPath: string;
  domain: string;
  socket: string;
}

/**
 * How long a person waits for a picture, in a real browser on the built portal with a real guest:
 * from the click, from the portal's return, from the moment at which QEMU listens again.
 */
export async function inBrowser(rounds: number, log: (line: string) => void): Promise<Figure[]> {
  const world = await startWorld("pix");
  const browser = await chromium.launch({
    executablePath: process.env.PORTICO_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const context = await browser.newContext({ baseURL: world.portal.origin });
    const page = await context.newPage();
    await setUp(page, world.portal);
    const vmId = await createVm(page, { name: "web", iso: false, memoryMib: 128 });
    await waitForConsole(page, "connected");
    await page.close();
    const domain = `p-${vmId}`;
    const definition = await world.host.virsh(["dumpxml", domain]);
    const socket = /socket='([^']+)'/.exec(definition)?.[1] ?? "";
    const stage = { world, context, domain, socket, vmPath: `/p/default/vms/${vmId}` };
    return await measure(stage, rounds, log);
  } finally {
    await browser.close();
    await world.stop();
  }
}

async function measure(stage: Stage, rounds: number, log: (line: string) => void) {
  const times: Record<"direct" | keyof typeof bounds, number[]> = {
    direct: [],
    cold: [],
    hovered: [],
    portal: [],
    guest: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    await delay(calmMs);
    times.direct.push(await firstFramebufferMs(stage.socket));
    times.cold.push(await click(stage, false));
    times.hovered.push(await click(stage, true));
  }
  const page = await openConsole(stage);
  for (let round = 0; round < rounds; round += 1) {
    times.portal.push(await afterPortal(stage, page));
    times.guest.push(await afterGuest(stage, page));
  }
  const direct = median(times.direct);
  log(`first framebuffer without a portal: ${direct.toFixed(0)} ms`);
  const row = (figure: string, name: keyof typeof bounds, less = 0): Figure => {
    log(`${figure}: ${times[name].map((each) => each.toFixed(0)).join(", ")} ms`);
    const ours = median(times[name]) - less;
    return figureOf(
      { figure, ours, peer: bounds[name], peerName: "bound", unit: "ms" },
      { atMost: 1 },
    );
  };
  return [
    row("click to picture, cold, less direct", "cold", direct),
    row("click to picture, pointed at, less direct", "hovered", direct),
    row("portal is back to picture", "portal"),
    row("QEMU listens to picture", "guest"),
  ];
}

/** From a click on the VM's page; cold: in a browser that has none of the console's code yet. */
async function click({ world, context, vmPath }: Stage, hover: boolean): Promise<number> {
  const storageState = await context.storageState();
  const baseURL = world.portal.origin;
  const fresh = await context.browser()?.newContext({ storageState, baseURL });
  if (fresh === undefined) throw new Error("the browser is gone");
  try {
    const page = await fresh.newPage();
    await notesPaints(page);
    await page.goto(vmPath);
    const link = page.getByRole("link", { name: "Open console" }).first();
    await link.waitFor();
    await delay(prefetchMs);
    if (hover) {
      await link.hover();
      await delay(prefetchMs);
    }
    const clickedAt = await link.evaluate((element) => {
      const now = Date.now();
      (element as HTMLElement).click();
      return now;
    });
    return (await paintedAfter(page, clickedAt)) - clickedAt;
  } finally {
    await fresh.close();
  }
}

async function openConsole({ context, vmPath }: Stage): Promise<Page> {
  const page = await context.newPage();
  await notesPaints(page);
  const before = Date.now();
  await page.goto(`${vmPath}/console`);
  await paintedAfter(page, before);
  return page;
}

async function afterPortal({ world: { portal } }: Stage, page: Page): Promise<number> {
  await portal.kill("SIGTERM");
  const before = Date.now();
  const starting = portal.start();
  while (!portal.output().includes("Portico is ready")) await delay(2);
  const readyAt = Date.now();
  await starting;
  return (await paintedAfter(page, before)) - readyAt;
}

async function afterGuest({ world: { host }, domain, socket }: Stage, page: Page): Promise<number> {
  await host.virsh(["destroy", domain]);
  await eventually("the guest's end on the page", () => waitForConsole(page, "guest_off", 5_000));
  const before = Date.now();
  const starting = host.virsh(["start", domain]);
  const listeningAt = await listeningAtMs(socket);
  await starting;
  return (await paintedAfter(page, before)) - listeningAt;
}
