// The first VM of scripts/fresh-machine.sh's machine, made in a browser as its owner would: set-up
// link, ISO, create page, and the installer on the screen. Runs in the machine's network:
//   first-vm.ts SETUP_LINK SCREENSHOT
import { writeFile } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { ensureGuestIso } from "@/e2e/guest/guest-iso";
import { waitForConsole, waitForPixels } from "@/e2e/helpers/console-page";
import { createVm, setUp, uploadIso } from "@/e2e/helpers/flows";

const [link = "", screenshot = ""] = process.argv.slice(2);
const iso = await ensureGuestIso();
const started = Date.now();
const browser = await chromium.launch({
  executablePath: process.env.PORTICO_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ baseURL: new URL(link).origin });
  await setUp(page, { setupLink: async () => link });
  await uploadIso(page, iso);
  await createVm(page, { name: "First guest" });
  await waitForConsole(page, "connected", 120_000);
  await waitForPixels(page, 120_000);
  await writeFile(screenshot, await page.screenshot());
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`from the set-up link to the guest's screen: ${seconds} s\n`);
} finally {
  await browser.close();
}
