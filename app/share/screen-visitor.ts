import { requestFacts } from "@/app/session";
import type { ScreenVisitor } from "@/lib/services/console-share/visited-vm";
import { makeScreenVisitor } from "@/lib/services/make-context";

/** Who came by a link to a screen: a stranger, but one whose requests ask a host. */
export async function screenVisitor(): Promise<ScreenVisitor> {
  return makeScreenVisitor(await requestFacts());
}
