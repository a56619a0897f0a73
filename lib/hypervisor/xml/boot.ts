import type { BootDevice } from "@/lib/model/boot";
import { attribute, childrenOf, find, wholeNumber } from "./query";
import { element, type XmlElement } from "./tree";

/** All that a definition's VM can start from, drives before network cards. */
export function readBootDevices(root: XmlElement): BootDevice[] {
  const devices = find(root, "devices");
  const drives = childrenOf(devices, "disk").map((disk): BootDevice => {
    const kind = attribute(disk, "device") === "cdrom" ? "cdrom" : "disk";
    return { id: idOf(disk), kind, order: orderOf(disk) };
  });
  const nics = childrenOf(devices, "interface").map(
    (nic): BootDevice => ({ id: idOf(nic), kind: "nic", order: orderOf(nic) }),
  );
  return [...drives, ...nics].filter((device) => device.id !== "");
}

/**
 * The definition whose VM tries these devices in this order and no others; whatever said so before
 * is gone, for libvirt takes the order of devices or that of kinds, not both.
 */
export function withBootOrder(root: XmlElement, order: readonly string[]): XmlElement {
  return {
    ...root,
    children: root.children.map((child) => {
      if (typeof child === "string") return child;
      if (child.name === "os") return without(child, "boot");
      return child.name === "devices" ? ordered(child, order) : child;
    }),
  };
}

function ordered(devices: XmlElement, order: readonly string[]): XmlElement {
  return {
    ...devices,
    children: devices.children.map((device) => {
      if (typeof device === "string") return device;
      const bare = without(device, "boot");
      const place = order.indexOf(idOf(device));
      if (place < 0) return bare;
      return { ...bare, children: [...bare.children, element("boot", { order: place + 1 })] };
    }),
  };
}

function idOf(device: XmlElement): string {
  if (device.name === "disk") return attribute(find(device, "target"), "dev") ?? "";
  if (device.name !== "interface") return "";
  return attribute(find(device, "mac"), "address")?.toLowerCase() ?? "";
}

function orderOf(device: XmlElement): number | null {
  return wholeNumber(attribute(find(device, "boot"), "order"));
}

function without(parent: XmlElement, name: string): XmlElement {
  const children = parent.children.filter(
    (child) => typeof child === "string" || child.name !== name,
  );
  return { ...parent, children };
}
