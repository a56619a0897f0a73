import { expect, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { waitForConsole, waitForPixels } from "./helpers/console-page";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { domainState, guestIsUp, onlyDomain } from "./helpers/oracle";
import { startWorld } from "./helpers/world";

test("the portal is killed while a guest is being installed: the guest runs on, the tab comes back", async ({
  browser,
}) => {
  const iso = await ensureGuestIso();
  const world = await startWorld("kill");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  try {
    const page = await context.newPage();
    await setUp(page, world.portal);
    await uploadIso(page, iso);
    await createVm(page, { name: "Survivor" });
    await waitForConsole(page, "connected", 120_000);
    const serial = await context.newPage();
    await serial.goto(`${page.url()}/serial`);
    const serialIs = (phase: string) =>
      serial.locator(`[data-testid="serial"][data-console-state="${phase}"]`).waitFor();
    await serialIs("connected");
    await page.bringToFront();
    const domain = await onlyDomain(world.host);
    const started = await world.host.virsh(["domid", domain]);

    await world.portal.kill("SIGKILL");
    await waitForConsole(page, "lost");
    await serialIs("lost");
    expect(await domainState(world.host, domain)).toBe("running");

    await world.portal.start();
    await waitForConsole(page, "connected");
    await waitForPixels(page);
    await serialIs("connected");
    expect(await world.host.virsh(["domid", domain])).toBe(started);
    await guestIsUp(world.host, domain);

    await page.goto("/p/default/vms");
    const row = page.getByRole("row", { name: /Survivor/ });
    await expect(row.getByText("running", { exact: true }).filter({ visible: true })).toBeVisible();
  } finally {
    await context.close();
    await world.stop();
  }
});
