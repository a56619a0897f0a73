import type { Page } from "@playwright/test";

type Place = readonly [x: number, y: number];

/** Fingers on a page, by what the browser itself makes of a touch screen's. */
export interface Fingers {
  /** They come down at the first places, go through the next, and up at the last. */
  touch(...places: readonly Place[][]): Promise<void>;
  /** One finger goes this way. */
  one(...way: readonly Place[]): Promise<void>;
  /** Two fingers beside each other go this way. */
  pair(...way: readonly Place[]): Promise<void>;
  /** Two fingers on both sides of a point, at these distances from it. */
  pinch(around: Place, ...apart: readonly number[]): Promise<void>;
}

const besidePx = 60;

export async function fingersOn(page: Page): Promise<Fingers> {
  const session = await page.context().newCDPSession(page);

  async function touch(...places: readonly Place[][]): Promise<void> {
    for (const [index, at] of places.entries()) {
      await session.send("Input.dispatchTouchEvent", {
        type: index === 0 ? "touchStart" : "touchMove",
        touchPoints: at.map(([x, y], id) => ({ x, y, id })),
      });
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  return {
    touch,
    one: (...way) => touch(...way.map((at) => [at])),
    pair: (...way) =>
      touch(
        ...way.map(([x, y]): Place[] => [
          [x, y],
          [x + besidePx, y],
        ]),
      ),
    pinch: ([x, y], ...apart) =>
      touch(
        ...apart.map((each): Place[] => [
          [x - each, y],
          [x + each, y],
        ]),
      ),
  };
}
