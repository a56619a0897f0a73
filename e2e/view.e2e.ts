import { expect, type Page, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { axeFindings } from "./helpers/axe";
import { waitForConsole } from "./helpers/console-page";
import { eventually } from "./helpers/eventually";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { guestIsUp, inGuest } from "./helpers/oracle";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let page: Page;
let domain: string;
let consolePath: string;

const item = (from: Page, name: string) => from.getByRole("menuitemradio", { name });

async function openView(from: Page): Promise<void> {
  await from.getByRole("button", { name: "View", exact: true }).click();
}

/** The size that the guest's driver would like best: what the device has told it. */
async function guestSize(): Promise<{ width: number; height: number }> {
  const modes = await inGuest(world.host, domain, [
    "/bin/sh",
    "-c",
    "head -n 1 /sys/class/drm/card0-Virtual-1/modes",
  ]);
  const [width = 0, height = 0] = modes.trim().split("x").map(Number);
  return { width, height };
}

/** The guest's screen is as large as its place on the page; a mode's width is a multiple of 8. */
async function fits(from: Page): Promise<void> {
  await eventually("the guest's screen to be as large as its place", async () => {
    const place = await from.getByTestId("console-screen").boundingBox();
    const { width, height } = await guestSize();
    expect(Math.abs(width - (place?.width ?? 0))).toBeLessThan(8);
    expect(Math.abs(height - (place?.height ?? 0))).toBeLessThan(2);
  });
}

test.beforeAll(async ({ browser }) => {
  world = await startWorld("view");
  const context = await browser.newContext({ baseURL: world.portal.origin });
  page = await context.newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await ensureGuestIso("graphics"));
  const vmId = await createVm(page, { name: "web", memoryMib: 256 });
  domain = `p-${vmId}`;
  consolePath = new URL(page.url()).pathname;
  await guestIsUp(world.host, domain);
  await waitForConsole(page, "connected");
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

test("the guest's screen follows the window once it is asked to, also after a reload", async () => {
  const before = await guestSize();
  await page.setViewportSize({ width: 1210, height: 790 });
  await openView(page);
  expect(await axeFindings(page)).toEqual([]);
  expect(await guestSize()).toEqual(before);
  await item(page, "Resize the guest's screen").click();
  await fits(page);

  await page.setViewportSize({ width: 1020, height: 700 });
  await fits(page);
  await page.reload();
  await waitForConsole(page, "connected");
  await page.setViewportSize({ width: 1110, height: 750 });
  await fits(page);
});

test("who comes second does not change what the first one sees, until he has the keyboard", async () => {
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 900, height: 650 });
  await other.goto(consolePath);
  await waitForConsole(other, "connected");
  await openView(other);
  await expect(item(other, "Resize the guest's screen")).toBeDisabled();
  await expect(item(other, "Resize the guest's screen")).toHaveAccessibleDescription(
    /follows the window of Ada Min/,
  );
  await other.keyboard.press("Escape");
  await fits(page);

  await other.getByRole("button", { name: "2 consoles are open" }).click();
  await item(other, "Only you").click();
  await fits(other);
  await other.close();
  await eventually("the first one's size again", () => fits(page));
});

test("other graphics are chosen on the hardware page, for the next start, and take no size", async () => {
  const hardware = consolePath.replace(/console$/, "hardware");
  await page.goto(hardware);
  const card = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Graphics", exact: true }) });
  await card.getByLabel("Device", { exact: true }).selectOption("vga");
  await expect(card.getByText("It runs: this holds from its next start on")).toBeVisible();
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card.getByText("The running guest has: virtio.")).toBeVisible();
  const modelOf = async (...which: string[]) =>
    (await world.host.virsh(["dumpxml", domain, ...which])).match(/<model type='(vga|virtio)' v?/g);
  expect((await modelOf("--inactive"))?.join()).toContain("'vga'");

  await world.host.virsh(["destroy", domain]);
  await world.host.virsh(["start", domain]);
  await page.goto(consolePath);
  await waitForConsole(page, "connected");
  await openView(page);
  const resize = item(page, "Resize the guest's screen");
  await expect(resize).toBeDisabled();
  await expect(resize).toHaveAccessibleDescription(/\(VGA\) take no size from here/);
});
