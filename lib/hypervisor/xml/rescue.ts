import { createHash } from "node:crypto";
import { readBootDevices, withBootOrder } from "./boot";
import { withDevices } from "./devices";
import { findDrive } from "./drive";
import { attribute, childrenOf, find, textOf } from "./query";
import { element, printXml, type XmlElement } from "./tree";

/** By it the drive of a rescue is known in a guest that runs, also after the rescue has ended. */
const rescueSerial = "portico-rescue";

/**
 * The definition whose VM starts from an image in a drive of its own, and from nothing else; its
 * disks, and what lies in its other drives, stay. Throws an Error when no name is left for a drive.
 */
export function withRescue(root: XmlElement, image: { pool: string; volume: string }): XmlElement {
  const { target, bus } = driveFor(root);
  const drive = element("disk", { type: "volume", device: "cdrom" }, [
    element("driver", { name: "qemu", type: "raw" }),
    element("source", { pool: image.pool, volume: image.volume }),
    element("target", { dev: target, bus }),
    element("readonly"),
    element("serial", {}, [rescueSerial]),
    element("boot", { order: 1 }),
  ]);
  return withDevices(withBootOrder(root, []), (devices) => [...devices, drive]);
}

/** Whether a definition is one that starts from a rescue image. */
export function isOfRescue(root: XmlElement): boolean {
  return childrenOf(find(root, "devices"), "disk").some(
    (disk) => textOf(find(disk, "serial")) === rescueSerial,
  );
}

/**
 * A definition that was changed during a rescue without what the rescue has put into it: without
 * its drive, and with the boot order of `before`, as far as those devices are still there.
 */
export function withoutRescue(root: XmlElement, before: XmlElement): XmlElement {
  const drive = findDrive(root, driveFor(before).target);
  const rest = withDevices(root, (devices) => devices.filter((each) => each !== drive));
  const there = readBootDevices(rest).map((device) => device.id);
  const order = readBootDevices(before)
    .filter((device) => device.order !== null && there.includes(device.id))
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const ordered = withBootOrder(
    rest,
    order.map((device) => device.id),
  );
  // Where kinds of devices said what comes first, they do again.
  const kinds = childrenOf(find(before, "os"), "boot");
  return {
    ...ordered,
    children: ordered.children.map((child) =>
      typeof child === "object" && child.name === "os"
        ? { ...child, children: [...child.children, ...kinds] }
        : child,
    ),
  };
}

const words = ["title", "description", "metadata"];
const saysWords = (child: XmlElement | string) =>
  typeof child === "object" && words.includes(child.name);

/** Digest of a definition without what is only said of its VM: that may change meanwhile. */
export function essenceOf(root: XmlElement): string {
  const children = root.children.filter((child) => !saysWords(child));
  return createHash("sha256")
    .update(printXml({ ...root, children }))
    .digest("hex");
}

/** A definition with title, description and metadata of another. */
export function withWordsOf(root: XmlElement, other: XmlElement): XmlElement {
  const rest = root.children.filter((child) => !saysWords(child));
  return { ...root, children: [...rest, ...other.children.filter(saysWords)] };
}

/** Name and bus of a drive beside those that a definition has, as its other CD drives have it. */
function driveFor(root: XmlElement): { target: string; bus: string } {
  const disks = childrenOf(find(root, "devices"), "disk");
  const cd = disks.find((disk) => attribute(disk, "device") === "cdrom");
  const machine = attribute(find(root, "os/type"), "machine") ?? "";
  const bus =
    attribute(find(cd ?? null, "target"), "bus") ?? (machine.includes("q35") ? "sata" : "ide");
  const taken = disks.map((disk) => attribute(find(disk, "target"), "dev"));
  // libvirt derives the place on the bus from the letter.
  const letter = [..."abcdefghijklmnopqrstuvwxyz"].find(
    (each) => !taken.includes(`${bus === "ide" ? "hd" : "sd"}${each}`),
  );
  if (letter === undefined) throw new Error("no name is left for a drive");
  return { target: `${bus === "ide" ? "hd" : "sd"}${letter}`, bus };
}
