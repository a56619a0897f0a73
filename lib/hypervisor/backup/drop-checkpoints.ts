import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { deleteCheckpoint, listCheckpoints } from "./checkpoints";

/** virDomainCreateFlags: no instruction of the guest runs, and it ends with our connection. */
const PAUSED_WITH_US = 1 | 2;
const DEADLINE_MS = 60_000;

/**
 * Deletes all checkpoints that backups of ours took, and says whether there were any. Only a QEMU
 * that has the disks open can do that: of a VM that is off one is started without the guest, for
 * that moment. Throws what a start throws.
 */
export async function dropCheckpoints(host: Host, uuid: string): Promise<boolean> {
  const names = await listCheckpoints(host, uuid);
  if (names.length === 0) return false;
  const link = linkOf(host);
  await link.turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    const dom = await domainRefOf(host, uuid);
    const options = { deadlineMs: DEADLINE_MS };
    const wasOff = dom.id < 0;
    if (wasOff) await link.call("domainCreateWithFlags", { dom, flags: PAUSED_WITH_US }, options);
    try {
      for (const name of names) await deleteCheckpoint(host, uuid, name);
    } finally {
      if (wasOff) await link.call("domainDestroyFlags", { dom, flags: 0 }, options);
    }
  });
  await host.inventory.refresh(uuid);
  return true;
}
