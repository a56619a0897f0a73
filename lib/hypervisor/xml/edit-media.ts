import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml } from "./tree";

/**
 * The XML of a domain's first CD drive with other media in it, for a device update; null when the
 * domain has none. The rest of the drive is as it was.
 */
export function withMedia(
  domainXml: string,
  media: { pool: string; volume: string } | null,
): string | null {
  const disks = childrenOf(find(parseXml(domainXml), "devices"), "disk");
  const drive = disks.find((disk) => attribute(disk, "device") === "cdrom");
  if (drive === undefined) return null;
  drive.attributes.type = media === null ? "file" : "volume";
  drive.children = drive.children.filter(
    (child) => typeof child === "string" || !["source", "backingStore"].includes(child.name),
  );
  if (media !== null) {
    drive.children.push(element("source", { pool: media.pool, volume: media.volume }));
  }
  return printXml(drive);
}
