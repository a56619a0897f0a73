import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/** QEMU gets up to 15 s to end by SIGTERM before libvirt kills it. */
const DESTROY_DEADLINE_MS = 40_000;

/** Pulls the plug. Works while another change of the VM hangs; one that is off stays so. */
export function forceOffVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(
    host,
    uuid,
    (dom) =>
      linkOf(host).call(
        "domainDestroyFlags",
        { dom, flags: 0 },
        { deadlineMs: DESTROY_DEADLINE_MS },
      ),
    { goal: ["off", "crashed"], urgent: true },
  );
}
