import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What axe finds on the page as it stands, one line each. `only` names the rules to ask, where
 * the others were asked already.
 */
export async function axeFindings(page: Page, only?: string[]): Promise<string[]> {
  // The portal has no frames of strangers, for which the other mode opens a page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // What passed is not asked for, and no rule that is on needs style sheets fetched once more.
  axe.options({ resultTypes: ["violations"], preload: false });
  if (only !== undefined) axe.withRules(only);
  const { violations } = await axe.analyze();
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html)}`);
}
