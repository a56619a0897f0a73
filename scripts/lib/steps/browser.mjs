import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram, root, show } from "../run.mjs";
import { StepError } from "../steps.mjs";

/**
 * A Chromium for the browser tests: the distribution's, if it can be without the one that draws
 * windows, which takes a third more of the processor; or, where that is only a snap (Ubuntu), the
 * one that Playwright fetches. Its path goes into PORTICO_CHROMIUM.
 */
export const browser = {
  title: "Browser for the tests",
  undo: "remove the folder ~/.cache/ms-playwright if it is there",
  async plan() {
    const path = await findBrowser();
    if (path === null) return "playwright install chromium";
    process.env.PORTICO_CHROMIUM = path;
    return null;
  },
  async apply() {
    const cli = join(root, "node_modules/@playwright/test/cli.js");
    await show([process.execPath, cli, "install", "--with-deps", "chromium"]);
    const path = await findBrowser();
    if (path === null)
      throw new StepError("There is no Chromium; set PORTICO_CHROMIUM to its path.");
    process.env.PORTICO_CHROMIUM = path;
  },
};

async function findBrowser() {
  const given = process.env.PORTICO_CHROMIUM;
  if (given) return existsSync(given) ? given : null;
  for (const name of ["chromium-headless-shell", "chromium", "google-chrome"]) {
    const installed = findProgram(name);
    if (installed !== null) return installed;
  }
  try {
    const { chromium } = await import("@playwright/test");
    const own = chromium.executablePath();
    return existsSync(own) ? own : null;
  } catch {
    return null;
  }
}
