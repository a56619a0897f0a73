import { attribute, find } from "./query";
import type { XmlElement, XmlNode } from "./tree";

/** The definition with each device as `change` makes it; null takes one out. */
export function withEachDevice(
  root: XmlElement,
  change: (device: XmlElement) => XmlElement | null,
): XmlElement {
  return withDevices(root, (devices) =>
    devices.flatMap((device): XmlNode[] => {
      if (typeof device === "string") return [device];
      const changed = change(device);
      return changed === null ? [] : [changed];
    }),
  );
}

/**
 * The definition with one more device, where libvirt puts it: disks beside those of their bus,
 * anything else behind the last of its kind.
 */
export function withNewDevice(root: XmlElement, device: XmlElement): XmlElement {
  return withDevices(root, (devices) => {
    const like = devices.findLastIndex((each) => sameBus(each, device));
    const kind = devices.findLastIndex((each) => isKind(each, device.name));
    const place = like >= 0 ? like : kind;
    const at = place >= 0 ? place + 1 : devices.length;
    return [...devices.slice(0, at), device, ...devices.slice(at)];
  });
}

function isKind(node: XmlNode, name: string): node is XmlElement {
  return typeof node === "object" && node.name === name;
}

function sameBus(node: XmlNode, device: XmlElement): boolean {
  return isKind(node, device.name) && device.name === "disk" && busOf(node) === busOf(device);
}

function busOf(disk: XmlElement): string | null {
  return attribute(find(disk, "target"), "bus");
}

/** The definition with its devices as `change` makes them, all of them at once. */
export function withDevices(
  root: XmlElement,
  change: (devices: XmlNode[]) => XmlNode[],
): XmlElement {
  return {
    ...root,
    children: root.children.map((child) =>
      typeof child === "object" && child.name === "devices"
        ? { ...child, children: change(child.children) }
        : child,
    ),
  };
}
