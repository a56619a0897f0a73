import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/** Stops the guest's processors; its memory stays in use. */
export function suspendVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(host, uuid, (dom) => linkOf(host).call("domainSuspend", { dom }), {
    goal: ["paused"],
  });
}
