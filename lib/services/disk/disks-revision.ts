import type { DiskView } from "@/lib/model/disk";
import { revisionOf } from "../live/revision-of";

/** What a VM's disk takes grows all the time; alone it is no news. */
export function disksRevision(disks: readonly DiskView[]): string {
  return revisionOf(
    disks.map((disk) => (disk.vm === null ? disk : { ...disk, allocationBytes: null })),
  );
}
