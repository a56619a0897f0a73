import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/** The snapshot with another description and everything else as it was; "" takes it away. */
export function withDescription(xml: string, description: string): string {
  const root = parseSnapshotRoot(xml);
  root.children = root.children.filter((child) => !isNamed(child, "description"));
  if (description !== "") {
    const name = root.children.findIndex((child) => isNamed(child, "name"));
    root.children.splice(name + 1, 0, element("description", {}, [description]));
  }
  return printXml(root);
}

/** Disks by target: where their content lies, as a path on the host. */
export type DiskFiles = Readonly<Record<string, string>>;

/**
 * The snapshot with its disks named by their files, and (where `overlays` names them) with other
 * files on top. libvirt compares a chain by how its members are named, and names what it finds
 * itself by file.
 */
export function withFiles(xml: string, disks: DiskFiles, overlays: DiskFiles = {}): string {
  const root = parseSnapshotRoot(xml);
  for (const name of ["domain", "inactiveDomain"]) setDiskFiles(find(root, name), disks);
  for (const disk of childrenOf(find(root, "disks"), "disk")) {
    const file = overlays[attribute(disk, "name") ?? ""];
    const source = find(disk, "source");
    if (file !== undefined && source !== null) source.attributes = { file };
  }
  return printXml(root);
}

/** The definition that a snapshot brings back, with its disks on these files. */
export function domainOf(xml: string, disks: DiskFiles): string {
  const root = parseSnapshotRoot(xml);
  const domain = find(root, "inactiveDomain") ?? find(root, "domain");
  if (domain === null) throw new Error("a snapshot without a definition");
  setDiskFiles(domain, disks);
  return printXml({ ...domain, name: "domain" });
}

/** What lies below is found by libvirt itself, when it starts the domain. */
function setDiskFiles(domain: XmlElement | null, files: DiskFiles): void {
  for (const disk of childrenOf(find(domain, "devices"), "disk")) {
    const file = files[attribute(find(disk, "target"), "dev") ?? ""];
    if (file === undefined) continue;
    disk.attributes.type = "file";
    disk.children = disk.children.flatMap((child) => {
      if (isNamed(child, "backingStore")) return [];
      return isNamed(child, "source") ? [element("source", { file })] : [child];
    });
  }
}

function isNamed(child: XmlElement | string, name: string): boolean {
  return typeof child === "object" && child.name === name;
}

function parseSnapshotRoot(xml: string): XmlElement {
  const root = parseXml(xml);
  if (root.name !== "domainsnapshot") throw new Error(`XML of <${root.name}> is not a snapshot`);
  return root;
}
