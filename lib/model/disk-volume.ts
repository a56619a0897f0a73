import type { DiskFormat } from "./vm";

/** As in the ids of rows: no letter that reads like a digit. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
export const volumeSuffixPattern = new RegExp(`^[${alphabet}]{10}$`);

/** The end of a name for a volume that is to be made, chosen where that is shown beforehand. */
export function chooseVolumeSuffix(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join("");
}

/** The volume of a disk beside a VM's first. */
export function diskVolume(domainName: string, suffix: string, format: DiskFormat): string {
  return `${domainName}-${suffix}.${format}`;
}
