import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "../vm/modify";
import { BALLOON_PERIOD_SECONDS } from "../xml/build-domain";

const LIVE = 1;
const CONFIG = 2;

/**
 * Has QEMU ask the balloon of a running guest for its figures as often as that of a new VM, now
 * and at every start. Throws `host.refused` when it has no balloon.
 */
export function askBalloon(host: Host, uuid: string): Promise<LiveVm> {
  return modify(host, uuid, (dom) => {
    const asked = { dom, period: BALLOON_PERIOD_SECONDS, flags: LIVE | CONFIG };
    return linkOf(host).call("domainSetMemoryStatsPeriod", asked);
  });
}
