import type { DomainRef } from "@/lib/libvirt";
import { isAppError } from "@/lib/model/errors";

const LIVE = 1;
const CONFIG = 2;

/**
 * Does one change for a domain's next start, and in its guest where one runs. A guest may go off at
 * any moment, also by itself: one that did so since it was looked up is changed for its next start
 * alone.
 */
export async function inBoth(
  dom: DomainRef,
  lookUp: () => Promise<DomainRef>,
  change: (flags: number) => Promise<unknown>,
): Promise<void> {
  const runs = dom.id >= 0;
  try {
    await change(runs ? LIVE | CONFIG : CONFIG);
  } catch (error) {
    const wentOff = runs && isAppError(error, "vm.bad_state") && (await lookUp()).id < 0;
    if (!wentOff) throw error;
    await change(CONFIG);
  }
}
