import { withEachDevice } from "./devices";
import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml, type XmlElement, type XmlNode } from "./tree";

interface Media {
  pool: string;
  volume: string;
}

/**
 * The XML of a domain's first CD drive with other media in it, for a device update; null when the
 * domain has none. The rest of the drive is as it was.
 */
export function withMedia(domainXml: string, media: Media | null): string | null {
  const drive = firstDrive(parseXml(domainXml));
  return drive && printXml(filled(drive, media));
}

/** What QEMU calls a running domain's first CD drive, and whether libvirt takes its tray for open. */
export function trayOf(domainXml: string): { name: string; open: boolean } | null {
  const drive = firstDrive(parseXml(domainXml));
  const name = drive && attribute(find(drive, "alias"), "name");
  if (!name) return null;
  return { name, open: attribute(find(drive, "target"), "tray") === "open" };
}

/** The definition with other media in its first CD drive, if it has one. */
export function withMediaIn(root: XmlElement, media: Media | null): XmlElement {
  const drive = firstDrive(root);
  return withEachDevice(root, (device) => (device === drive ? filled(device, media) : device));
}

/** A drive with another content, of whatever type. */
export function withContent(drive: XmlElement, type: string, content: XmlNode[]): XmlElement {
  const rest = drive.children.filter(
    (child) => typeof child === "string" || !["source", "backingStore"].includes(child.name),
  );
  return { ...drive, attributes: { ...drive.attributes, type }, children: [...rest, ...content] };
}

function filled(drive: XmlElement, media: Media | null): XmlElement {
  if (media === null) return withContent(drive, "file", []);
  return withContent(drive, "volume", [element("source", { ...media })]);
}

function firstDrive(root: XmlElement): XmlElement | null {
  const disks = childrenOf(find(root, "devices"), "disk");
  return disks.find((disk) => attribute(disk, "device") === "cdrom") ?? null;
}
