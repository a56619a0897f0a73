import { elementsOf } from "./definition/units";
import { type NewIdentity, withNewIdentity } from "./new-identity";
import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml, type XmlElement } from "./tree";

/** What a clone has for itself; every id and name was chosen beforehand. */
export interface CloneIdentity extends NewIdentity {
  description: string;
}

/**
 * The definition of a clone: that of another VM with a new identity (see `withNewIdentity`), and
 * without what only one of two may have: serial numbers of the board, world-wide names of disks,
 * addresses that a filter or a switch knows a card by, sockets and ports. Null when its disks are
 * not exactly those that were copied.
 */
export function asClone(source: XmlElement, identity: CloneIdentity): string | null {
  const disks = childrenOf(find(source, "devices"), "disk").filter(isHardDisk);
  const targets = disks.map((disk) => attribute(find(disk, "target"), "dev") ?? "");
  if (targets.sort().join() !== Object.keys(identity.disks).sort().join()) return null;
  const root = parseXml(withNewIdentity(printXml(source), identity));
  remove(root, ["description"]);
  if (identity.description !== "") {
    root.children.push(element("description", {}, [identity.description]));
  }
  for (const table of childrenOf(root, "sysinfo").flatMap(elementsOf)) {
    forget(table, ["uuid", "serial"]);
  }
  for (const device of childrenOf(root, "devices").flatMap(elementsOf)) {
    separate(device, identity);
  }
  return printXml(root);
}

/** Takes from a device what ties it to the other VM. */
function separate(device: XmlElement, { consoleSocketPath: socket }: CloneIdentity): void {
  switch (device.name) {
    case "disk":
      remove(device, ["wwn", "shareable"]);
      break;
    case "interface":
      remove(device, ["target"]);
      for (const filter of childrenOf(device, "filterref")) forget(filter, ["IP", "MAC"]);
      for (const port of childrenOf(device, "virtualport")) remove(port, ["parameters"]);
      break;
    case "channel":
      // Its socket's path is libvirt's to choose; the clipboard's has none, and says there what it carries.
      if (device.attributes.type !== "qemu-vdagent") remove(device, ["source"]);
      break;
    case "graphics":
      device.attributes = Object.fromEntries(
        Object.entries(device.attributes).filter(([name]) => !ofOneScreen.includes(name)),
      );
      remove(device, ["listen"]);
      device.children.push(element("listen", { type: "socket", socket }));
      break;
  }
}

const ofOneScreen = ["port", "tlsPort", "websocket", "autoport", "listen", "socket"];

function isHardDisk(disk: XmlElement): boolean {
  return (attribute(disk, "device") ?? "disk") === "disk";
}

function remove(parent: XmlElement, names: readonly string[]): void {
  parent.children = parent.children.filter(
    (child) => typeof child === "string" || !names.includes(child.name),
  );
}

/** Takes out entries and parameters that are called so. */
function forget(parent: XmlElement, names: readonly string[]): void {
  parent.children = parent.children.filter(
    (child) => typeof child === "string" || !names.includes(child.attributes.name ?? ""),
  );
}
