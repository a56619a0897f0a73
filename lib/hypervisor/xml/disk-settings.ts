import type { DiskSettings } from "@/lib/model/disk-settings";
import { freeDrivePlace } from "./drive-place";
import { attribute, childrenOf, find, textOf } from "./query";
import { element, type XmlElement, type XmlNode } from "./tree";

/** What libvirt knows of virtio's driver alone, and refuses on another bus. */
const virtioOnly: readonly string[] = [
  "iothread",
  "ioeventfd",
  "event_idx",
  "queues",
  "queue_size",
  "iommu",
  "ats",
  "packed",
  "page_per_vq",
];
/** What belongs to the place and kind of a disk on its old bus. */
const ofBus: readonly string[] = ["address", "alias", "wwn", "vendor", "product"];

export function readDiskSettings(disk: XmlElement): DiskSettings {
  const driver = find(disk, "driver");
  return {
    bus: attribute(find(disk, "target"), "bus") ?? "",
    cache: attribute(driver, "cache") ?? "default",
    discard: attribute(driver, "discard") ?? "ignore",
    serial: textOf(find(disk, "serial")),
  };
}

/**
 * The definition whose disk at `target` has these settings, under its old name; null without one.
 * On another bus it gets a free place there, with a controller where there is none, and loses what
 * only its old bus has.
 */
export function withDiskSettings(
  root: XmlElement,
  target: string,
  wanted: DiskSettings,
): XmlElement | null {
  const devices = find(root, "devices");
  const isIt = (disk: XmlElement) => attribute(find(disk, "target"), "dev") === target;
  const disk = childrenOf(devices, "disk").find(isIt);
  if (devices === null || disk === undefined) return null;
  const before = readDiskSettings(disk);
  const moved = before.bus === wanted.bus ? disk : withBus(disk, wanted.bus);
  const place = before.bus === wanted.bus ? null : freeDrivePlace(devices, wanted.bus);
  const changed = {
    ...moved,
    children: [
      ...withDriver(moved, before, wanted).filter((child) => nameOf(child) !== "serial"),
      ...(wanted.serial === null ? [] : [element("serial", {}, [wanted.serial])]),
      ...(place === null ? [] : [place.address]),
    ],
  };
  const all = devices.children.map((child) => (child === disk ? changed : child));
  const controller = place?.controller ?? null;
  return {
    ...root,
    children: root.children.map((child) =>
      child === devices
        ? { ...devices, children: controller === null ? all : [...all, controller] }
        : child,
    ),
  };
}

function withBus(disk: XmlElement, bus: string): XmlElement {
  return {
    ...disk,
    children: disk.children.flatMap((child): XmlNode[] => {
      if (typeof child === "string" || ofBus.includes(child.name)) return [];
      if (child.name === "driver") return [without(child, virtioOnly)];
      if (child.name !== "target") return [child];
      const { rotation_rate: _spins, removable: _pulled, ...attributes } = child.attributes;
      return [{ ...child, attributes: { ...attributes, bus } }];
    }),
  };
}

/** Its children with another driver: QEMU's native I/O goes past the host's cache alone. */
function withDriver(disk: XmlElement, before: DiskSettings, wanted: DiskSettings): XmlNode[] {
  const direct = ["none", "directsync"].includes(wanted.cache);
  return disk.children.map((child) => {
    if (typeof child === "string" || child.name !== "driver") return child;
    const bare = !direct && child.attributes.io === "native" ? without(child, ["io"]) : child;
    const attributes = { ...bare.attributes };
    if (wanted.cache !== before.cache) attributes.cache = wanted.cache;
    if (wanted.discard !== before.discard) attributes.discard = wanted.discard;
    return { ...bare, attributes };
  });
}

function without(found: XmlElement, names: readonly string[]): XmlElement {
  const kept = Object.entries(found.attributes).filter(([name]) => !names.includes(name));
  return { ...found, attributes: Object.fromEntries(kept) };
}

function nameOf(node: XmlNode): string | null {
  return typeof node === "string" ? null : node.name;
}
