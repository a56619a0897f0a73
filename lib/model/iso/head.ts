import type { UserMessage } from "../errors";
import { sectorBytes, text, u8 } from "./bytes";

/** As much of a file as is needed to say that it cannot be an ISO image. */
export const headBytes = 32 * sectorBytes;

/** System area, one volume descriptor and its terminator: nothing smaller is an image. */
export const smallestIsoBytes = 18 * sectorBytes;
const firstDescriptor = 16;

/** What other formats start with: QEMU or libvirt could be talked into following these. */
const magics: { format: string; at: number; starts: string }[] = [
  { format: "qcow2", at: 0, starts: "QFI\xfb" },
  { format: "QED", at: 0, starts: "QED\0" },
  { format: "VMDK", at: 0, starts: "KDMV" },
  { format: "VMDK", at: 0, starts: "COWD" },
  { format: "VMDK", at: 0, starts: "# Disk DescriptorFile" },
  { format: "VDI", at: 64, starts: "\x7f\x10\xda\xbe" },
  { format: "VHD", at: 0, starts: "conectix" },
  { format: "VHDX", at: 0, starts: "vhdxfile" },
  { format: "LUKS", at: 0, starts: "LUKS\xba\xbe" },
  { format: "Parallels", at: 0, starts: "WithoutFreeSpace" },
  { format: "Parallels", at: 0, starts: "WithouFreSpacExt" },
  { format: "gzip", at: 0, starts: "\x1f\x8b" },
  { format: "xz", at: 0, starts: "\xfd7zXZ\0" },
  { format: "bzip2", at: 0, starts: "BZh" },
  { format: "zstd", at: 0, starts: "\x28\xb5\x2f\xfd" },
  { format: "7z", at: 0, starts: "7z\xbc\xaf\x27\x1c" },
  { format: "zip", at: 0, starts: "PK\x03\x04" },
  { format: "ELF", at: 0, starts: "\x7fELF" },
];

/** Name of the format that the bytes begin like, or null. Compressed counts: it cannot boot. */
export function foreignFormat(head: Uint8Array): string | null {
  const found = magics.find((each) => text(head, each.at, each.starts.length) === each.starts);
  return found?.format ?? null;
}

/** Which file systems the volume recognition area announces. */
export function recognise(head: Uint8Array): { iso9660: boolean; udf: boolean } {
  let iso9660 = false;
  let udf = false;
  for (let sector = firstDescriptor; (sector + 1) * sectorBytes <= head.length; sector++) {
    const identifier = text(head, sector * sectorBytes + 1, 5);
    if (identifier === "CD001") {
      iso9660 ||= sector === firstDescriptor && u8(head, sector * sectorBytes) <= 3;
    } else if (identifier === "NSR02" || identifier === "NSR03") udf = true;
    else if (identifier !== "BEA01" && identifier !== "TEA01" && identifier !== "BOOT2") break;
  }
  return { iso9660, udf };
}

/**
 * Why the start of a file (`headBytes` of it, or all when it is smaller) shows that it is not
 * an ISO 9660 or UDF image: a key of the `errors` catalogue. Null: go on. The same rule runs
 * in the browser before the upload, while bytes arrive, and before the file is stored.
 */
export function checkIsoHead(head: Uint8Array, sizeBytes: number): UserMessage | null {
  const format = foreignFormat(head);
  if (format) return { key: "image.foreign_format", values: { format } };
  if (sizeBytes < smallestIsoBytes) return { key: "image.too_small" };
  const { iso9660, udf } = recognise(head);
  return iso9660 || udf ? null : { key: "image.not_iso" };
}
