import type { OsFamily } from "./image";
import { type VideoModel, videoFor } from "./video";
import type { CreateVmInput, Firmware } from "./vm";

type Sizes = Pick<CreateVmInput, "vcpus" | "memoryMib" | "diskGib">;

/** Enough for the installer and a first day of work; not the vendor's bare minimum. */
const sizes: Record<OsFamily, Sizes> = {
  alpine: { vcpus: 1, memoryMib: 512, diskGib: 4 },
  arch: { vcpus: 2, memoryMib: 2048, diskGib: 20 },
  bsd: { vcpus: 2, memoryMib: 2048, diskGib: 20 },
  debian: { vcpus: 2, memoryMib: 2048, diskGib: 20 },
  fedora: { vcpus: 2, memoryMib: 4096, diskGib: 25 },
  linux: { vcpus: 2, memoryMib: 2048, diskGib: 20 },
  other: { vcpus: 1, memoryMib: 1024, diskGib: 10 },
  suse: { vcpus: 2, memoryMib: 4096, diskGib: 30 },
  ubuntu: { vcpus: 2, memoryMib: 4096, diskGib: 25 },
  windows: { vcpus: 4, memoryMib: 8192, diskGib: 64 },
};

/**
 * What to propose for a VM that is installed from an image. `image` null is an empty drive.
 * The person may change all of it.
 */
export function suggestDefaults(
  image: { osFamily: OsFamily; bootable: { bios: boolean; uefi: boolean } } | null,
): Sizes & Pick<CreateVmInput, "diskFormat" | "firmware"> & { video: VideoModel } {
  const family = image?.osFamily ?? "other";
  const firmware = firmwareFor(family, image);
  return { ...sizes[family], diskFormat: "qcow2", firmware, video: videoFor(family) };
}

/** BIOS where the image can: it starts fastest and every installer knows it. */
function firmwareFor(
  family: OsFamily,
  image: { bootable: { bios: boolean; uefi: boolean } } | null,
): Firmware {
  if (!image) return "bios";
  const { bios, uefi } = image.bootable;
  if (uefi && (family === "windows" || !bios)) return "uefi";
  return "bios";
}
