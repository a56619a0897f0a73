import { directIoWorks } from "../direct-io";
import { linkOf } from "../link";
import type { DomainSpec, Host } from "../types";
import { dataDiskElement } from "../xml/disk";
import { hasFirstBoot } from "../xml/drive";
import type { XmlElement } from "../xml/tree";

/** One more disk for a VM whose next start has the definition `next`, at a place that is free. */
export async function newDisk(
  host: Host,
  next: XmlElement,
  disk: DomainSpec["disk"] & { target: string },
): Promise<XmlElement> {
  const link = linkOf(host);
  const { target } = disk;
  const directIo = link.isLocal && (await directIoWorks(link, disk.pool));
  // The first place is that of the system, unless something else is to be started from.
  return dataDiskElement(disk, {
    directIo,
    target,
    boots: target === "vda" && !hasFirstBoot(next),
  });
}
