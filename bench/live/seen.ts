import type { Locator } from "@playwright/test";

/** What a place on a page says once a change has reached it. */
export interface Sight {
  place: Locator;
  text: string;
  /** Waits for the text to go instead. */
  gone?: boolean;
}

/**
 * Begins to watch a place inside the browser, by its own observer of changes, and returns the
 * function that waits for the sight; that one resolves to the moment of it, by `Date.now()` of the
 * same machine. Throws an Error when the place says so already, or not within half a minute.
 */
export async function watch({ place, text, gone = false }: Sight): Promise<() => Promise<number>> {
  const seen = await place.evaluateHandle(
    (element, wanted) => {
      if ((element.textContent ?? "").includes(wanted.text) !== wanted.gone) {
        throw new Error(`the page says so before the change: ${wanted.text}`);
      }
      const moment = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`never seen: ${wanted.text}; but ${element.textContent}`));
        }, 30_000);
        const observer = new MutationObserver(() => {
          if ((element.textContent ?? "").includes(wanted.text) === wanted.gone) return;
          observer.disconnect();
          clearTimeout(timer);
          resolve(Date.now());
        });
        observer.observe(element, { subtree: true, childList: true, characterData: true });
      });
      return { moment };
    },
    { text, gone },
  );
  return () => seen.evaluate(({ moment }) => moment);
}
