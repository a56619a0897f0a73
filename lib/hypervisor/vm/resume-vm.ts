import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/**
 * Lets a paused guest run on. After a full disk it may pause again at once although the call
 * succeeded: look at the state of the answer and at what the inventory says next.
 */
export function resumeVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(host, uuid, (dom) => linkOf(host).call("domainResume", { dom }), {
    goal: ["running"],
  });
}
