import { type Browser, expect, type Page } from "@playwright/test";
import { waitForPixels } from "./console-page";
import { eventually } from "./eventually";

const dialog = (page: Page) => page.getByRole("dialog");

export async function openTyping(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Type text" }).click();
}

/** Has a text typed into the guest, by the dialog, which must be open. */
export async function typeText(page: Page, text: string): Promise<void> {
  await dialog(page).getByLabel("Text", { exact: true }).fill(text);
  await dialog(page).getByRole("button", { name: "Type", exact: true }).click();
}

/** Opens the dialog, has a text typed on one keyboard layout, and closes it. */
export async function typeTextIn(page: Page, layout: string, text: string): Promise<void> {
  await openTyping(page);
  await dialog(page).getByLabel("Keyboard layout").selectOption(layout);
  await typeText(page, text);
  await expect(dialog(page).getByText("Typed.", { exact: true })).toBeVisible();
  await closeDialog(page);
}

export async function closeDialog(page: Page): Promise<void> {
  await dialog(page).getByRole("button", { name: "Close" }).last().click();
}

/**
 * Opens the dialog that reads the screen, and has it read until all of this is there: what the
 * guest shows may come after the dialog.
 */
export async function readScreenText(page: Page, ...parts: string[]): Promise<void> {
  await page.getByRole("button", { name: "Read the text of the screen" }).click();
  const text = dialog(page).getByLabel("Text", { exact: true });
  await eventually("the text on the screen", async () => {
    await dialog(page).getByRole("button", { name: "Read again" }).click();
    const read = await text.innerText({ timeout: 5_000 });
    for (const part of parts) expect(read).toContain(part);
  });
}

/** Opens the dialog of links and makes one, which is shown there now. */
export async function makeLink(page: Page, purpose: string): Promise<string> {
  await page.getByRole("button", { name: "Share the screen…" }).click();
  await expect(dialog(page).getByText("No link holds at the moment.")).toBeVisible();
  await dialog(page).getByLabel("For whom or what").fill(purpose);
  await dialog(page).getByRole("button", { name: "Make a link" }).click();
  return dialog(page).getByLabel("The link, shown only now").inputValue();
}

/** Comes by a link, as somebody without an account on a phone; ends with the picture. */
export async function watchByLink(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 } });
  const visitor = await context.newPage();
  await visitor.goto(link);
  await visitor.getByLabel("Your name").fill(name);
  await visitor.getByRole("button", { name: "Watch" }).click();
  await visitor.getByTestId("shared-screen").waitFor();
  await waitForPixels(visitor);
  return visitor;
}

/** Says on the project's settings when its screens are recorded. */
export async function recordScreens(page: Page, project: string, when: string): Promise<void> {
  await page.goto(`/p/${project}/project/settings`);
  await page.getByLabel(when).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Recording of screens changed.")).toBeVisible();
}

/** The player's picture and its controls are in one view, also on a phone. */
export async function playerFits(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1360, height: 860 };
  for (const size of [before, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    for (const part of [
      page.getByTestId("replay-screen"),
      page.getByRole("slider", { name: "Position" }),
      page.getByRole("button", { name: "Play", exact: true }),
      page.getByLabel("Skip stillness"),
    ]) {
      await expect(part).toBeInViewport({ ratio: 0.95 });
    }
    const picture = await page.getByTestId("replay-screen").boundingBox();
    expect(picture?.height).toBeGreaterThan(200);
  }
  await page.setViewportSize(before);
}

/** From the player: goes to the list of all recordings and deletes them one by one. */
export async function deleteRecordings(page: Page): Promise<void> {
  await page.getByRole("link", { name: "All recordings" }).click();
  const listed = page.getByRole("button", { name: /^Delete the recording of/ });
  await listed.first().waitFor();
  for (let left = await listed.count(); left > 0; left -= 1) {
    await listed.first().click();
    await dialog(page).getByRole("button", { name: "Delete" }).click();
    await expect(listed).toHaveCount(left - 1);
  }
  await expect(page.getByText("There is no recording")).toBeVisible();
}

/** The picture of a console ("console-screen") or of the player ("replay-screen"). */
export function picture(page: Page, of: string): Promise<string | null> {
  return page.evaluate((id) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`[data-testid="${id}"] canvas`);
    return canvas?.toDataURL() ?? null;
  }, of);
}
