import type { DomainSpec } from "../types";
import { element, type XmlElement } from "./tree";

/** Target of the one CD drive; on virtio-scsi, which every installer kernel can read on q35. */
export const CDROM_TARGET = "sda";

/** The system disk: virtio-blk `vda`, first in the boot order. */
export function diskElement(disk: DomainSpec["disk"], options: { directIo: boolean }): XmlElement {
  const boot = element("boot", { order: 1 });
  return volumeElement(disk, { ...options, target: "vda", boot });
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
