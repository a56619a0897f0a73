import { isAbsent } from "../errors";
import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { SNAPSHOT_DEADLINE_MS } from "./deadlines";
import { snapshotRefOf } from "./refs";

/** virDomainSnapshotDeleteFlags. */
const METADATA_ONLY = 2;

/**
 * Deletes one snapshot, and keeps what grew out of it: libvirt frees its room inside the disks, or
 * merges the file on top of it into its own. With `metadataOnly` it is only forgotten. That it is
 * not there is no error.
 */
export async function deleteSnapshot(
  host: Host,
  uuid: string,
  name: string,
  options: { metadataOnly: boolean },
): Promise<void> {
  const link = linkOf(host);
  await link.turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    try {
      const snap = await snapshotRefOf(host, uuid, name);
      const flags = options.metadataOnly ? METADATA_ONLY : 0;
      await link.call(
        "domainSnapshotDelete",
        { snap, flags },
        { deadlineMs: SNAPSHOT_DEADLINE_MS },
      );
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  });
  await host.inventory.refresh(uuid);
}
