import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import { axeFindings } from "./helpers/axe";
import { waitForConsole, waitForStill } from "./helpers/console-page";
import { createVm, setUp, uploadIso } from "./helpers/flows";
import { makePictureIso } from "./helpers/picture-iso";
import { addWatch } from "./helpers/watches";
import { startWorld, type World } from "./helpers/world";
import { ensureInstallerIso } from "./installer/installer-iso";

/** Debian 12's graphical installer, as QEMU showed it. */
const picture = fileURLToPath(
  new URL("../lib/hypervisor/screen/fixtures/graphical-installer.png", import.meta.url),
);

test.describe.configure({ mode: "serial" });

let installer: string | null;
let dir: string;
let world: World;
let page: Page;

test.beforeAll(async ({ browser }) => {
  installer = await ensureInstallerIso();
  dir = await mkdtemp(join(tmpdir(), "portico-picture-"));
  world = await startWorld("words");
  page = await (await browser.newContext({ baseURL: world.portal.origin })).newPage();
  await setUp(page, world.portal);
  await uploadIso(page, await makePictureIso(picture, dir));
});

test.afterAll(async () => {
  await page?.context().close();
  await world?.stop();
  await rm(dir, { recursive: true, force: true });
});

test("smoothed letters of a graphical screen are recognised in the browser, and marked as guessed", async () => {
  const vmId = await createVm(page, { name: "desktop", memoryMib: 256 });
  await waitForConsole(page, "connected");
  const screen = page.locator('[data-testid="console-screen"] canvas');
  await expect.poll(() => screen.evaluate((of: HTMLCanvasElement) => of.width)).toBe(1024);
  await waitForStill(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));

  await page.getByRole("button", { name: "Read the text of the screen" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("No text was found.")).toBeVisible();
  const recognise = dialog.getByRole("button", { name: "Read by recognition" });
  await recognise.click();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(dialog.getByText("No text was found.")).toBeVisible();

  await recognise.click();
  await expect(dialog.getByText("These letters were guessed")).toBeVisible({ timeout: 120_000 });
  const text = await dialog.locator("pre").innerText();
  for (const line of [
    "Select your location",
    "The selected location will be used to set your time zone and also for example to help select",
    "This is a shortlist of locations based on the language you selected.",
    "New Zealand",
    "United Kingdom",
    // The one that is chosen, in white letters.
    "United States",
    "Zimbabwe",
  ]) {
    expect(text).toContain(line);
  }
  expect(await axeFindings(page)).toEqual([]);
  expect(new Set(asked)).toEqual(new Set([world.portal.origin]));
  // A boot menu that waits takes a whole processor.
  await world.host.virsh(["destroy", `p-${vmId}`]);
});

test("the watcher answers the first questions of Debian's installer by rules, and tells of the next", async () => {
  test.skip(installer === null, "no package of Debian's installer");
  await page.goto("/p/default/images");
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(installer ?? "");
  const row = page.getByRole("row", { name: /debian-installer/ });
  const ready = row.getByText("ready", { exact: true }).filter({ visible: true });
  await expect(ready).toBeVisible({ timeout: 60_000 });
  await createVm(page, { name: "debian", memoryMib: 1024, iso: "debian-installer" });
  await waitForConsole(page, "connected");
  const running = page.getByText("running", { exact: true }).filter({ visible: true });
  await expect(running.first()).toBeVisible();
  await page.getByRole("button", { name: "Watch the screen" }).click();
  await addWatch(page, { name: "Language", text: "[!!] Select a language", keys: "" });
  await addWatch(page, { name: "Place", text: "[!!] Select your location", keys: "" });
  await addWatch(page, { name: "Keyboard", text: "Keymap to use:" });
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Close" }).click();

  await expect(page.getByText("debian: Keyboard: Keymap to use:")).toBeVisible({
    timeout: 270_000,
  });
  await page.getByRole("button", { name: "Watch the screen" }).click();
  for (const [name, line] of [
    ["Language", "[!!] Select a language"],
    ["Place", "[!!] Select your location"],
    ["Keyboard", "Keymap to use:"],
  ]) {
    const watch = dialog.getByRole("listitem").filter({ hasText: name });
    await expect(watch.getByText("has fired")).toBeVisible();
    await expect(watch.locator("code")).toHaveText(line ?? "");
  }
});
