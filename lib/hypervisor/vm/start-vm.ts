import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "./modify";

/** libvirt may look into QEMU's abilities first, which takes long on a loaded machine. */
const START_DEADLINE_MS = 60_000;

/** Starts a VM, or restores its saved state; one that runs is left as it is. */
export function startVm(host: Host, uuid: string): Promise<LiveVm> {
  return modify(
    host,
    uuid,
    (dom) =>
      linkOf(host).call(
        "domainCreateWithFlags",
        { dom, flags: 0 },
        { deadlineMs: START_DEADLINE_MS },
      ),
    { goal: ["running"] },
  );
}
