import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modify } from "../vm/modify";
import { SNAPSHOT_DEADLINE_MS } from "./deadlines";
import { snapshotRefOf } from "./refs";

/** A guest that runs is ended and started anew from the snapshot, whatever differs. */
const FORCE = 4;

/**
 * Brings a VM back to a snapshot inside its disks: definition, disks, and memory where it has it.
 * Throws `not_found`, and `host.refused` when QEMU does not take it; then the VM is off.
 */
export function revertToSnapshot(host: Host, uuid: string, name: string): Promise<LiveVm> {
  return modify(host, uuid, async () => {
    const snap = await snapshotRefOf(host, uuid, name);
    await linkOf(host).call(
      "domainRevertToSnapshot",
      { snap, flags: FORCE },
      { deadlineMs: SNAPSHOT_DEADLINE_MS },
    );
  });
}
