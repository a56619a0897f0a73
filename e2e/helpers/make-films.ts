import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page } from "@playwright/test";
import { axeFindings } from "./axe";
import { closeDialog, picture } from "./console-flows";
import { eventually } from "./eventually";
import { filmDiffers } from "./film-pictures";

/**
 * From the player of a recording: a film is not made where the browser cannot, is stopped, and is
 * made in both formats, whose first and last pictures are the player's.
 */
export async function makeFilms(page: Page, browser: Browser, origin: string): Promise<void> {
  const at = async (key: "Home" | "End"): Promise<string> => {
    await page.getByRole("slider", { name: "Position" }).press(key);
    let before: string | null = null;
    await eventually("a picture that stands", async () => {
      const now = await picture(page, "replay-screen");
      const stands = now !== null && now === before;
      before = now;
      expect(stands).toBe(true);
    });
    return before ?? "";
  };
  const [first, last] = [await at("Home"), await at("End")];
  expect(first).not.toBe(last);
  const dialog = page.getByRole("dialog");
  const open = page.getByRole("button", { name: "Export…" });
  const encoder = await page.evaluateHandle(() => window.VideoEncoder);
  await page.evaluate(() => Reflect.deleteProperty(window, "VideoEncoder"));
  await open.click();
  await expect(dialog.getByText("This browser cannot make VP9 or VP8 videos.")).toBeVisible();
  await expect(dialog.getByRole("radio", { name: "WebM" })).toBeDisabled();
  expect(await axeFindings(page)).toEqual([]);
  await closeDialog(page);
  await page.evaluate((VideoEncoder) => Object.assign(window, { VideoEncoder }), encoder);
  await open.click();
  const make = dialog.getByRole("button", { name: "Make the film" });
  await page.route("**/segments/*", () => undefined);
  await make.click();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(make).toBeVisible();
  await page.unroute("**/segments/*");
  for (const [format, type, most] of [
    ["GIF", "image/gif", 0],
    ["WebM", "video/webm", 4],
  ] as const) {
    await dialog.getByRole("radio", { name: format }).check();
    const saved = page.waitForEvent("download");
    await make.click();
    const film = await readFile(await (await saved).path());
    await expect(dialog.getByText(/^The film is saved:/)).toBeVisible();
    const [begins, ends] = await filmDiffers(browser, { origin, film, type, first, last, most });
    expect(begins).toBeLessThanOrEqual(most);
    expect(ends).toBeLessThanOrEqual(most);
  }
  await closeDialog(page);
}
