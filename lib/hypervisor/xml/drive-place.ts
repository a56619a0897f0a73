import { attribute, childrenOf, find, wholeNumber } from "./query";
import { element, type XmlElement } from "./tree";

interface DrivePlace {
  address: XmlElement;
  /** The controller to add for it; null where there is one. */
  controller: XmlElement | null;
}

/** Ports of the AHCI controller that q35 has built in, and of those that libvirt adds. */
const SATA_PORTS = 6;
/** Of virtio-scsi; each disk is a target of its own, which the plainest firmware finds. */
const SCSI_TARGETS = 256;

/**
 * A place on a bus that no drive of the definition has. libvirt would take it from the drive's
 * name, and another may have that. Null on a bus whose places libvirt chooses by itself (virtio).
 */
export function freeDrivePlace(devices: XmlElement, bus: string): DrivePlace | null {
  if (bus === "sata") {
    const taken = placesOf(devices, "sata");
    for (let controller = 0; ; controller += 1) {
      for (let unit = 0; unit < SATA_PORTS; unit += 1) {
        if (taken.has(`${controller}:0:${unit}`)) continue;
        // A further controller is added by libvirt: there is one kind.
        return { address: driveAddress({ controller, target: 0, unit }), controller: null };
      }
    }
  }
  return bus === "scsi" ? scsiPlace(devices) : null;
}

/** The place of a new VM's nth disk, where nothing else is on SATA. */
export function sataAddress(index: number): XmlElement {
  const controller = Math.floor(index / SATA_PORTS);
  return driveAddress({ controller, target: 0, unit: index % SATA_PORTS });
}

function scsiPlace(devices: XmlElement): DrivePlace {
  const all = childrenOf(devices, "controller").filter(
    (each) => attribute(each, "type") === "scsi",
  );
  const indexOf = (each: XmlElement) => wholeNumber(attribute(each, "index")) ?? 0;
  const fast = all.find((each) => attribute(each, "model") === "virtio-scsi");
  if (fast === undefined) {
    const index = Math.max(-1, ...all.map(indexOf)) + 1;
    return {
      address: driveAddress({ controller: index, target: 0, unit: 0 }),
      // Without a model libvirt takes one that today's systems have no driver for.
      controller: element("controller", { type: "scsi", index, model: "virtio-scsi" }),
    };
  }
  const controller = indexOf(fast);
  const taken = [...placesOf(devices, "scsi")].map((place) => place.split(":", 2).join(":"));
  const targets = Array.from({ length: SCSI_TARGETS }, (_, target) => target);
  const target = targets.find((each) => !taken.includes(`${controller}:${each}`)) ?? 0;
  return { address: driveAddress({ controller, target, unit: 0 }), controller: null };
}

/** "controller:target:unit" of the drives on a bus. */
function placesOf(devices: XmlElement, bus: string): Set<string> {
  const drives = childrenOf(devices, "disk").filter(
    (disk) => attribute(find(disk, "target"), "bus") === bus,
  );
  return new Set(
    drives.map((disk) => {
      const address = find(disk, "address");
      const part = (name: string) => attribute(address, name) ?? "0";
      return [part("controller"), part("target"), part("unit")].join(":");
    }),
  );
}

function driveAddress(at: { controller: number; target: number; unit: number }): XmlElement {
  return element("address", { type: "drive", bus: 0, ...at });
}
