import type { DiskFormat } from "@/lib/model/vm";
import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/**
 * The XML of a domain's disk on another volume, for a device update; null when the domain has none
 * at that target. The rest of the disk is as it was, its serial number included.
 */
export function withVolume(
  domainXml: string,
  target: string,
  to: { pool: string; volume: string; format: DiskFormat },
): string | null {
  const disks = childrenOf(find(parseXml(domainXml), "devices"), "disk");
  const disk = disks.find((each) => attribute(find(each, "target"), "dev") === target);
  if (disk === undefined) return null;
  layOn(disk, to);
  return printXml(disk);
}

/** Lays a disk of a domain's XML on another volume, and leaves the rest of it as it was. */
export function layOn(
  disk: XmlElement,
  to: { pool: string; volume: string; format: DiskFormat },
): void {
  disk.attributes.type = "volume";
  disk.children = disk.children.filter(
    (child) => typeof child === "string" || !["source", "backingStore"].includes(child.name),
  );
  disk.children.push(element("source", { pool: to.pool, volume: to.volume }));
  const driver = find(disk, "driver");
  if (driver === null) disk.children.push(element("driver", { name: "qemu", type: to.format }));
  else driver.attributes.type = to.format;
}
