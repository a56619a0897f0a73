import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/** Presses the reset button: the guest is not asked and may lose what it has not written. */
export function resetVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(host, uuid, (dom) => linkOf(host).call("domainReset", { dom, flags: 0 }), {
    urgent: true,
  });
}
