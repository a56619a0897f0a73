import type { UserMessage } from "./errors";
import { text, u8 } from "./iso/bytes";
import { foreignFormat, recognise } from "./iso/head";

/** The smallest disk that a system starts from. */
export const smallestApplianceBytes = 64 * 1024;

/** Disks in formats that are read; what else begins like a format is refused by its name. */
const readFormats: readonly string[] = ["qcow2", "VMDK"];

/** Whether a file begins like a tar archive, as an .ova is one. */
export function isTar(head: Uint8Array): boolean {
  return text(head, 257, 5) === "ustar";
}

/**
 * Why the start of a file shows that it is no VM: neither an archive of OVF nor a disk. A key of the
 * `errors` catalogue; null: go on. The same rule runs in the browser before the upload and while
 * bytes arrive.
 */
export function checkApplianceHead(head: Uint8Array, sizeBytes: number): UserMessage | null {
  if (isTar(head)) return null;
  const format = foreignFormat(head);
  if (format !== null) {
    const isRead = readFormats.includes(format);
    return isRead ? null : { key: "appliance.disk_format", values: { format } };
  }
  if (sizeBytes < smallestApplianceBytes) return { key: "appliance.too_small" };
  const { iso9660, udf } = recognise(head);
  if (iso9660 || udf) return { key: "appliance.is_iso" };
  const starts = u8(head, 510) === 0x55 && u8(head, 511) === 0xaa;
  return starts ? null : { key: "appliance.not_one" };
}
