import type { Page } from "@playwright/test";

const patienceMs = 60_000;

/** Runs in the page, as text: tsx would have it call helpers that are not there. */
const noting = `
  window.paints = [];
  const context = new OffscreenCanvas(360, 200).getContext("2d", { willReadFrequently: true });
  let shown = null;
  function hasPicture(canvas) {
    if (canvas.width === 0 || canvas.height === 0) return false;
    context.drawImage(canvas, 0, 0, 360, 200);
    const pixels = new Uint32Array(context.getImageData(0, 0, 360, 200).data.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  }
  function look() {
    const canvas = document.querySelector('[data-testid="console-screen"] canvas');
    if (canvas !== null && canvas !== shown && hasPicture(canvas)) {
      shown = canvas;
      window.paints.push(Date.now());
    }
    requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
`;

/** From the next page on, the time of day of each first picture of a screen is kept. */
export async function notesPaints(page: Page): Promise<void> {
  await page.addInitScript({ content: noting });
}

/** Waits for the first picture after that time; gives the time of day of it. */
export async function paintedAfter(page: Page, before: number): Promise<number> {
  const found = await page.waitForFunction(
    (since) => {
      const { paints } = window as unknown as { paints: number[] };
      return paints.find((each) => each >= since);
    },
    before,
    { timeout: patienceMs },
  );
  return (await found.jsonValue()) ?? Number.NaN;
}
