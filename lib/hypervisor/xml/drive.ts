import { attribute, childrenOf, find } from "./query";
import { parseXml, printXml, type XmlElement } from "./tree";

/** The drive at `target` in a definition; null without one. */
export function findDrive(root: XmlElement, target: string): XmlElement | null {
  const drives = childrenOf(find(root, "devices"), "disk");
  return drives.find((disk) => attribute(find(disk, "target"), "dev") === target) ?? null;
}

/** XML of the drive at `target`, for libvirt to find it by; null when the domain has none. */
export function driveXml(domainXml: string, target: string): string | null {
  const drive = findDrive(parseXml(domainXml), target);
  return drive && printXml(drive);
}

/** Whether a device of the definition is the first to be started from. */
export function hasFirstBoot(root: XmlElement): boolean {
  const devices = find(root, "devices");
  return (devices?.children ?? []).some(
    (child) => typeof child === "object" && attribute(find(child, "boot"), "order") === "1",
  );
}
