import { join } from "node:path";
import { type Page, test } from "@playwright/test";
import { ensureGuestIso } from "../guest/guest-iso";
import { typeIntoConsole, waitForConsole, waitForPixels } from "../helpers/console-page";
import { createVm, setUp, uploadIso } from "../helpers/flows";
import { guestIsUp, onlyDomain } from "../helpers/oracle";
import { startWorld } from "../helpers/world";

const folder = join(import.meta.dirname, "..", "..", "docs", "images");
const desk = { width: 1360, height: 860 };
const phone = { width: 390, height: 844 };

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

test("the pictures of README and docs, from a real installation", async ({ browser }) => {
  const iso = await ensureGuestIso();
  const world = await startWorld("shots");
  const context = await browser.newContext({ baseURL: world.portal.origin, viewport: desk });
  try {
    const page = await context.newPage();
    await setUp(page, world.portal);
    await uploadIso(page, iso);
    await picture(page, "images-light");

    const vmId = await createVm(page, { name: "mail-01", vcpus: 1, memoryMib: 512 });
    await waitForConsole(page, "connected", 120_000);
    await waitForPixels(page);
    await guestIsUp(world.host, await onlyDomain(world.host));
    await typeIntoConsole(page, "root\n");
    await typeIntoConsole(page, "g-install\n");
    await picture(page, "console-install");
    await page.setViewportSize(phone);
    await picture(page, "console-phone");
    await page.setViewportSize(desk);

    const vm = `/p/default/vms/${vmId}`;
    await page.goto(`${vm}/hardware`);
    await page.locator('input[name="vcpus"]').fill("2");
    await page.locator('input[name="memoryMib"]').fill("4096");
    await picture(page, "resize-light");

    await page.goto("/p/default/vms/new");
    await page.locator('input[name="name"]').fill("web-02");
    await picture(page, "create-light");

    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto("/p/default/vms");
      await page.getByRole("row", { name: /mail-01/ }).waitFor();
      await picture(page, `vms-${scheme}`);
      await page.goto(vm);
      await picture(page, `vm-${scheme}`);
    }
    await page.setViewportSize(phone);
    await page.goto("/p/default/vms");
    await page.getByRole("row", { name: /mail-01/ }).waitFor();
    await picture(page, "vms-phone");
  } finally {
    await context.close();
    await world.stop();
  }
});
