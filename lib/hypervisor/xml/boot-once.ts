import { inBootOrder } from "@/lib/model/boot";
import { readBootDevices, withBootOrder } from "./boot";
import { withEachDevice } from "./devices";
import { withContent } from "./edit-media";
import { attribute, childrenOf, find } from "./query";
import { element, type XmlElement } from "./tree";

export interface Medium {
  pool: string;
  volume: string;
}

/** Place of the definition's CD drive, the first where it has several; null without one. */
export function cdDriveOf(root: XmlElement): string | null {
  const drives = childrenOf(find(root, "devices"), "disk");
  const drive = drives.find((disk) => attribute(disk, "device") === "cdrom");
  return attribute(find(drive ?? null, "target"), "dev");
}

/**
 * The definition whose VM starts from this medium in its CD drive, and from what it started from
 * where that does not boot. Throws an Error without such a drive.
 */
export function withBootOnce(root: XmlElement, medium: Medium): XmlElement {
  const drive = cdDriveOf(root);
  if (drive === null) throw new Error("the domain has no CD drive");
  const devices = readBootDevices(root);
  const named = inBootOrder(devices).filter((each) => each.order !== null);
  // A definition that names kinds of devices alone says nothing of single ones.
  const others = named.length > 0 ? named : devices.filter((each) => each.kind === "disk");
  const rest = others.map((each) => each.id).filter((id) => id !== drive);
  return withEachDevice(withBootOrder(root, [drive, ...rest]), (device) =>
    placeOf(device) === drive
      ? withContent(device, "volume", [element("source", { ...medium })])
      : device,
  );
}

/**
 * The definition with the boot order of another one, and what that has in its CD drive; everything
 * else as it is, for somebody may have changed it meanwhile.
 */
export function withBootOf(root: XmlElement, before: XmlElement): XmlElement {
  const drive = cdDriveOf(before);
  const olds = devicesOf(before);
  const bare = withBootOrder(root, []);
  const put = withEachDevice(bare, (device) => {
    const place = placeOf(device);
    const old = place === null ? undefined : olds.find((each) => placeOf(each) === place);
    if (old === undefined) return device;
    const filled =
      place === drive
        ? withContent(device, old.attributes.type ?? "file", childrenOf(old, "source"))
        : device;
    return { ...filled, children: [...filled.children, ...childrenOf(old, "boot")] };
  });
  const kinds = childrenOf(find(before, "os"), "boot");
  return {
    ...put,
    children: put.children.map((child) =>
      typeof child === "object" && child.name === "os"
        ? { ...child, children: [...child.children, ...kinds] }
        : child,
    ),
  };
}

/** Whether both definitions try the same things in the same order, from the same medium. */
export function bootsAlike(one: XmlElement, other: XmlElement): boolean {
  return bootFacts(one) === bootFacts(other);
}

function bootFacts(root: XmlElement): string {
  const drive = devicesOf(root).find((each) => placeOf(each) === cdDriveOf(root));
  const source = find(drive ?? null, "source");
  return JSON.stringify([
    childrenOf(find(root, "os"), "boot").map((kind) => attribute(kind, "dev")),
    readBootDevices(root).map(({ id, order }) => [id, order]),
    ["pool", "volume", "file", "dev"].map((name) => attribute(source, name)),
  ]);
}

function devicesOf(root: XmlElement): XmlElement[] {
  const devices = find(root, "devices");
  return [...childrenOf(devices, "disk"), ...childrenOf(devices, "interface")];
}

/** What tells a device that can be started from: place of a drive, or MAC of a card. */
function placeOf(device: XmlElement): string | null {
  if (device.name === "disk") return attribute(find(device, "target"), "dev");
  if (device.name !== "interface") return null;
  return attribute(find(device, "mac"), "address")?.toLowerCase() ?? null;
}
