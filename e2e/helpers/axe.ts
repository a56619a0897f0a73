import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What axe finds on the page as it stands, one line each. `only` names the rules to ask, where
 * the others were asked already.
 */
export async function axeFindings(page: Page, only?: string[]): Promise<string[]> {
  // The portal has no frames of strangers, for which the other mode opens a page of its own.
  const loaded = await page.evaluate(async () => {
    // A colour that is on its way, of a scheme or of what comes into sight, is nobody's choice.
    const ends = (each: Animation) =>
      Number.isFinite(Number(each.effect?.getComputedTiming().endTime));
    const running = document.getAnimations().filter(ends);
    await Promise.allSettled(running.map(({ finished }) => finished));
    return "axe" in window;
  });
  // Half a megabyte of script need not be read once more by a page that has it.
  const source = loaded ? { axeSource: ";" } : {};
  const axe = new AxeBuilder({ page, ...source }).setLegacyMode(true);
  // What passed is not asked for, and no rule that is on needs style sheets fetched once more.
  axe.options({ resultTypes: ["violations"], preload: false });
  if (only !== undefined) axe.withRules(only);
  const { violations } = await axe.analyze();
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html)}`);
}

/**
 * Hides those parts of the page in which every element is of a kind, in its place, that an earlier
 * part has, too: axe looks at what is shown.
 */
export async function hideAlike(page: Page, selector: string): Promise<void> {
  const shown = await page.locator(selector).evaluateAll((parts) => {
    const known = new Set<string>();
    const isNew = (part: Element) => {
      const before = known.size;
      for (const { tagName, className, parentElement } of part.querySelectorAll("*")) {
        known.add(`${parentElement?.tagName} ${tagName} ${className}`);
      }
      return known.size > before;
    };
    const alike = parts.filter((part) => !isNew(part));
    for (const part of alike) {
      part.setAttribute("hidden", "");
      part.setAttribute("data-alike", "");
    }
    return parts.length - alike.length;
  });
  if (shown === 0) throw new Error(`nothing is shown of ${selector}`);
}

/** Shows what `hideAlike` has hidden. */
export async function showAll(page: Page): Promise<void> {
  await page.locator("[data-alike]").evaluateAll((parts) => {
    for (const part of parts) part.removeAttribute("hidden");
  });
}
