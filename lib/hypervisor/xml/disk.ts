import type { DomainSpec } from "../types";
import { sataAddress } from "./drive-place";
import { element, type XmlElement } from "./tree";

/** Target of the one CD drive; on virtio-scsi, which every installer kernel can read on q35. */
export const CDROM_TARGET = "sda";

/**
 * The nth disk of a new VM: `vda` is its system disk, first in the boot order. On SATA the place is
 * told by the number.
 */
export function newDiskElement(
  disk: DomainSpec["disk"],
  options: { directIo: boolean; index: number; bus: "virtio" | "sata" },
): XmlElement {
  const { index, bus } = options;
  const target = `vd${String.fromCharCode("a".charCodeAt(0) + index)}`;
  const boot = index === 0 ? element("boot", { order: 1 }) : null;
  const made = volumeElement(disk, { ...options, target, boot });
  if (bus === "virtio") return made;
  const children = made.children.map((child) =>
    typeof child === "object" && child.name === "target"
      ? element("target", { dev: target, bus })
      : child,
  );
  return { ...made, children: [...children, sataAddress(index)] };
}

/** A disk beside it; the guest starts from it only where it takes the place of a first one. */
export function dataDiskElement(
  disk: DomainSpec["disk"],
  options: { directIo: boolean; target: string; boots: boolean },
): XmlElement {
  const boot = options.boots ? element("boot", { order: 1 }) : null;
  return volumeElement(disk, { ...options, boot });
}

function volumeElement(
  disk: DomainSpec["disk"],
  options: { directIo: boolean; target: string; boot: XmlElement | null },
): XmlElement {
  return element("disk", { type: "volume", device: "disk" }, [
    element("driver", {
      name: "qemu",
      type: disk.format,
      cache: options.directIo ? "none" : null,
      discard: "unmap",
    }),
    element("source", { pool: disk.pool, volume: disk.volume }),
    element("target", { dev: options.target, bus: "virtio" }),
    element("serial", {}, [disk.serial]),
    options.boot,
  ]);
}

/** The CD drive, second in the boot order; with null its tray is there and empty. */
export function cdromElement(media: { pool: string; volume: string } | null): XmlElement {
  return element("disk", { type: media === null ? "file" : "volume", device: "cdrom" }, [
    element("driver", { name: "qemu", type: "raw" }),
    media === null ? null : element("source", { pool: media.pool, volume: media.volume }),
    element("target", { dev: CDROM_TARGET, bus: "scsi" }),
    element("readonly"),
    element("boot", { order: 2 }),
    element("address", { type: "drive", controller: 0, bus: 0, target: 0, unit: 0 }),
  ]);
}
