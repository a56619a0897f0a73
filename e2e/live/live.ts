import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { ensureGuestIso } from "../guest/guest-iso";
import { createVm, setUp, uploadIso } from "../helpers/flows";
import { onlyDomain } from "../helpers/oracle";
import { startWorld, type World } from "../helpers/world";

/** A guest, and one tab for each page, opened once; virsh does the rest. */
export interface Live {
  world: World;
  networks: Page;
  hosts: Page;
  guests: Page;
  hardware: Page;
  settings: Page;
  domain: string;
  virsh(...args: string[]): Promise<string>;
  /** A file for a definition or a medium, which libvirt can read. */
  file(name: string, content: string | Buffer): Promise<string>;
}

export async function startLive(browser: Browser): Promise<Live> {
  const world = await startWorld("live");
  return openTabs(browser, world).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
}

async function openTabs(browser: Browser, world: World): Promise<Live> {
  const context = await browser.newContext({ baseURL: world.portal.origin });
  const first = await context.newPage();
  await setUp(first, world.portal);
  await uploadIso(first, await ensureGuestIso());
  const networks = await openTab("/p/default/networks", first);
  const hosts = await openTab("/admin/hosts", first);
  const guests = await openTab("/admin/vms", first);
  const vmId = await createVm(first, { name: "Watched" });
  const domain = await onlyDomain(world.host);
  const hardware = await openTab(`/p/default/vms/${vmId}/hardware`, first);
  const settings = await openTab(`/p/default/vms/${vmId}/settings`, first);
  await first.close();
  return {
    ...{ world, networks, hosts, guests, hardware, settings, domain },
    virsh: (...args) => world.host.virsh(args),
    async file(name, content) {
      const path = join(world.host.dir, name);
      await writeFile(path, content);
      return path;
    },
  };
}

/** Ends all of it; by then no tab was ever loaded anew. */
export async function stopLive(live: Live): Promise<void> {
  const { world, networks, hosts, guests, hardware, settings } = live;
  try {
    for (const page of [networks, hosts, guests, hardware, settings]) {
      expect(await page.evaluate(() => "openedOnce" in window), page.url()).toBe(true);
    }
    await networks.context().close();
  } finally {
    await world.stop();
  }
}

export async function openTab(path: string, of: Page): Promise<Page> {
  const page = await of.context().newPage();
  await page.goto(path);
  await page.locator("h1").first().waitFor();
  // Gone after a reload.
  await page.evaluate(() => Object.assign(window, { openedOnce: true }));
  return page;
}

export const section = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });

export const says = (place: Locator, words: string) =>
  // Some have a copy for narrow screens.
  expect(place.getByText(words).filter({ visible: true }).first()).toBeVisible();
