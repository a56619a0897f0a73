import type { Page } from "@playwright/test";
import type { ConsolePhase } from "@/components/console/connection-state";
import { strokesFor } from "@/components/console/us-layout";

const screenSelector = '[data-testid="console-screen"] canvas';
const pollMs = 25;
/** How long a key may take to show on the screen before the next one is pressed anyway. */
const echoMs = 400;

/** The phase that the console says it is in; throws when the page has no console. */
export async function consoleState(page: Page): Promise<string> {
  const state = await page.getByTestId("console").getAttribute("data-console-state");
  if (state === null) throw new Error("the console does not tell its state");
  return state;
}

/** Waits until the console is in a phase. */
export async function waitForConsole(
  page: Page,
  phase: ConsolePhase,
  timeoutMs = 60_000,
): Promise<void> {
  const root = `[data-testid="console"][data-console-state="${phase}"]`;
  await page.locator(root).waitFor({ timeout: timeoutMs });
}

/** A number that differs when the guest's screen does; null while there is no screen. */
export async function screenHash(page: Page): Promise<number | null> {
  return (await page.evaluate(readScreen, screenSelector))?.hash ?? null;
}

/** Waits until the screen shows more than one colour: text, or a picture. */
export async function waitForPixels(page: Page, timeoutMs = 60_000): Promise<void> {
  const shown = await poll(timeoutMs, async () => {
    const screen = await page.evaluate(readScreen, screenSelector);
    return screen !== null && !screen.blank;
  });
  if (!shown) throw new Error(`the guest's screen was blank for ${timeoutMs} ms`);
}

/** Waits until the screen shows something and has not changed for a second. */
export async function waitForStill(page: Page, timeoutMs = 60_000): Promise<void> {
  let last: number | null = null;
  let since = Date.now();
  const still = await poll(timeoutMs, async () => {
    const screen = await page.evaluate(readScreen, screenSelector);
    const now = screen === null || screen.blank ? null : screen.hash;
    if (now !== last) since = Date.now();
    last = now;
    return now !== null && Date.now() - since > 1_000;
  });
  if (!still) throw new Error(`the guest's screen did not stand still in ${timeoutMs} ms`);
}

/**
 * Waits until the screen differs from `before`: take that by `screenHash` ahead of what should
 * change the screen. Without it, any change from now on counts; a blinking cursor is one too.
 */
export async function waitForScreenChange(
  page: Page,
  before?: number | null,
  timeoutMs = 60_000,
): Promise<void> {
  const from = before === undefined ? await screenHash(page) : before;
  if (await changes(page, from, timeoutMs)) return;
  throw new Error(`the guest's screen did not change in ${timeoutMs} ms`);
}

/**
 * Types a text on the keyboard of a US guest as a person does in the browser: real key events
 * on the screen. "\n" is Enter, "\t" is Tab. After each key it waits for the screen to change,
 * so that a slow guest keeps up; where nothing is echoed, a password for instance, it goes on.
 */
export async function typeIntoConsole(page: Page, text: string): Promise<void> {
  for (const character of text) {
    const codes = strokesFor(character).flatMap(({ code }) => (code === null ? [] : [code]));
    if (codes.length === 0) throw new Error(`${character} is not on a US keyboard`);
    await pressInConsole(page, codes);
  }
}

/** Presses keys, named as KeyboardEvent.code is, in order; releases them in reverse order. */
export async function pressInConsole(page: Page, codes: readonly string[]): Promise<void> {
  await page.locator(screenSelector).focus();
  const before = await screenHash(page);
  for (const code of codes) await page.keyboard.down(code);
  for (const code of [...codes].reverse()) await page.keyboard.up(code);
  await changes(page, before, echoMs);
}

function changes(page: Page, from: number | null, timeoutMs: number): Promise<boolean> {
  return poll(timeoutMs, async () => {
    const now = await screenHash(page);
    return now !== null && now !== from;
  });
}

/** Whether `check` came true in time. */
async function poll(timeoutMs: number, check: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await check()) return true;
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Runs in the page: FNV-1a over the guest's pixels, and whether they are all the same. */
function readScreen(selector: string): { hash: number; blank: boolean } | null {
  const canvas = document.querySelector<HTMLCanvasElement>(selector);
  if (!canvas || canvas.width === 0 || canvas.height === 0) return null;
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  let hash = 0x811c9dc5;
  let blank = true;
  for (const pixel of pixels) {
    hash = Math.imul(hash ^ pixel, 0x01000193);
    blank &&= pixel === pixels[0];
  }
  return { hash, blank };
}
