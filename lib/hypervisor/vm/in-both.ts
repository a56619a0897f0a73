import type { DomainRef } from "@/lib/libvirt";
import { isAppError } from "@/lib/model/errors";
import type { Host, LiveVm } from "../types";
import { domainRefOf, modify } from "./modify";

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

/** One such change of a domain in its turn, as `modify` does it. */
export function modifyBoth(
  host: Host,
  uuid: string,
  change: (dom: DomainRef, flags: number) => Promise<unknown>,
): Promise<LiveVm> {
  return modify(host, uuid, (dom) =>
    inBoth(
      dom,
      () => domainRefOf(host, uuid),
      (flags) => change(dom, flags),
    ),
  );
}
