import type { DiskFormat } from "@/lib/model/vm";
import { macOf } from "./mac";
import { type Owner, ownerElement, readOwner } from "./metadata";
import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/** Where a disk of the new domain lies; `serial` null: what the guest saw before. */
export interface NewDisk {
  pool: string;
  volume: string;
  format: DiskFormat;
  serial: string | null;
}

/** What makes a domain another one. Every name is chosen beforehand. */
export interface NewIdentity {
  uuid: string;
  domainName: string;
  title: string;
  owner: Owner;
  /** Unix socket of the VNC server; null lets libvirt choose. */
  consoleSocketPath: string | null;
  /** By target; a disk that is not named is left out. */
  disks: Readonly<Record<string, NewDisk>>;
}

/**
 * An inactive definition as that of another domain, which may run beside the first: its own UUID,
 * names, MAC addresses (see `macOf`), files, firmware variables and generation id, and empty CD
 * drives. The rest stays, unknown elements included. Throws an Error when it is not a domain.
 */
export function withNewIdentity(xml: string, identity: NewIdentity): string {
  const root = parseXml(xml);
  if (root.name !== "domain") throw new Error(`XML of <${root.name}> is not a domain`);
  const { id: _ofTheOther, ...attributes } = root.attributes;
  root.attributes = attributes;
  setText(root, "name", identity.domainName);
  setText(root, "uuid", identity.uuid);
  setText(root, "title", identity.title);
  setOwner(root, identity.owner);
  const generation = find(root, "genid");
  if (generation !== null) generation.children = [];
  // Without a path libvirt makes the file anew, from the template.
  const variables = find(root, "os/nvram");
  if (variables !== null) variables.children = [];
  for (const devices of childrenOf(root, "devices")) {
    devices.children = devices.children.filter(
      (child) => typeof child === "string" || child.name !== "disk" || fitDisk(child, identity),
    );
    childrenOf(devices, "interface").forEach((nic, index) => {
      setMac(nic, macOf(identity.uuid, index));
    });
    for (const screen of childrenOf(devices, "graphics")) {
      setSocket(screen, identity.consoleSocketPath);
    }
  }
  return printXml(root);
}

/** Lays a disk on its new file, or empties a drive; false for one that is left out. */
function fitDisk(disk: XmlElement, { disks }: NewIdentity): boolean {
  remove(disk, "backingStore");
  if (attribute(disk, "device") === "cdrom" || attribute(disk, "device") === "floppy") {
    disk.attributes.type = "file";
    remove(disk, "source");
    return true;
  }
  const place = disks[attribute(find(disk, "target"), "dev") ?? ""];
  if (place === undefined) return false;
  disk.attributes.type = "volume";
  remove(disk, "source");
  disk.children.push(element("source", { pool: place.pool, volume: place.volume }));
  const driver = find(disk, "driver");
  if (driver === null) disk.children.push(element("driver", { name: "qemu", type: place.format }));
  else driver.attributes.type = place.format;
  if (place.serial !== null) setText(disk, "serial", place.serial);
  return true;
}

function setOwner(root: XmlElement, owner: Owner): void {
  const metadata = find(root, "metadata") ?? append(root, element("metadata"));
  metadata.children = metadata.children.filter(
    (child) => typeof child === "string" || !isOwner(metadata, child),
  );
  metadata.children.push(ownerElement(owner));
}

function isOwner(metadata: XmlElement, child: XmlElement): boolean {
  const alone = element("domain", {}, [{ ...metadata, children: [child] }]);
  return readOwner(alone) !== null;
}

function setMac(nic: XmlElement, address: string): void {
  const mac = find(nic, "mac") ?? append(nic, element("mac"));
  mac.attributes = { address };
}

/** Only where a path was chosen: libvirt's own is never in an inactive definition. */
function setSocket(screen: XmlElement, path: string | null): void {
  for (const listen of [screen, ...childrenOf(screen, "listen")]) {
    if (listen.attributes.socket === undefined) continue;
    const { socket: _ofTheOther, ...attributes } = listen.attributes;
    listen.attributes = path === null ? attributes : { ...attributes, socket: path };
  }
}

function setText(parent: XmlElement, name: string, text: string): void {
  const found = find(parent, name) ?? append(parent, element(name));
  found.children = [text];
}

function append(parent: XmlElement, child: XmlElement): XmlElement {
  parent.children.push(child);
  return child;
}

function remove(parent: XmlElement, name: string): void {
  parent.children = parent.children.filter(
    (child) => typeof child === "string" || child.name !== name,
  );
}
