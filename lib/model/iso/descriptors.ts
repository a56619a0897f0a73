import { type ByteSource, readSectors, sectorBytes, text, u8, u16, u32 } from "./bytes";

/** What the primary volume descriptor and the boot record say. */
export interface IsoVolume {
  label: string | null;
  /** Size that the file system claims, in bytes. */
  claimedBytes: number;
  root: { sector: number; lengthBytes: number };
  bootCatalogSector: number | null;
}

const maxDescriptors = 32;
const elTorito = "EL TORITO SPECIFICATION";

/** Reads the ISO 9660 descriptors; null when there is no sound primary one. */
export async function readIsoVolume(source: ByteSource): Promise<IsoVolume | null> {
  const area = await readSectors(source, 16, maxDescriptors);
  let volume: IsoVolume | null = null;
  let bootCatalogSector: number | null = null;
  for (let offset = 0; offset + sectorBytes <= area.length; offset += sectorBytes) {
    const descriptor = area.subarray(offset, offset + sectorBytes);
    if (text(descriptor, 1, 5) !== "CD001") break;
    const type = u8(descriptor, 0);
    if (type === 255) break;
    if (type === 0 && text(descriptor, 7, elTorito.length) === elTorito) {
      bootCatalogSector = u32(descriptor, 0x47);
    }
    if (type === 1) volume ??= readPrimary(descriptor);
  }
  return volume && { ...volume, bootCatalogSector };
}

function readPrimary(descriptor: Uint8Array): IsoVolume | null {
  const isDirectory = (u8(descriptor, 156 + 25) & 2) !== 0;
  if (u16(descriptor, 128) !== sectorBytes || u8(descriptor, 156) < 34 || !isDirectory) return null;
  return {
    label: cleanLabel(text(descriptor, 40, 32)),
    claimedBytes: u32(descriptor, 80) * sectorBytes,
    root: { sector: u32(descriptor, 156 + 2), lengthBytes: u32(descriptor, 156 + 10) },
    bootCatalogSector: null,
  };
}

/** Volume label of a plain UDF image, from its logical volume descriptor; null when unsound. */
export async function readUdfLabel(source: ByteSource): Promise<string | null> {
  const anchor = await readSectors(source, 256, 1);
  if (!isTag(anchor, 2)) return null;
  const lengthSectors = Math.min(32, Math.floor(u32(anchor, 16) / sectorBytes));
  const sequence = await readSectors(source, u32(anchor, 20), lengthSectors);
  for (let offset = 0; offset + sectorBytes <= sequence.length; offset += sectorBytes) {
    const descriptor = sequence.subarray(offset, offset + sectorBytes);
    if (isTag(descriptor, 6)) return dString(descriptor.subarray(84, 84 + 128));
    if (isTag(descriptor, 8)) break;
  }
  return null;
}

/** A UDF descriptor tag: id, and the checksum of the other 15 bytes of the tag. */
function isTag(descriptor: Uint8Array, id: number): boolean {
  if (u16(descriptor, 0) !== id) return false;
  let sum = 0;
  for (let index = 0; index < 16; index++) if (index !== 4) sum += u8(descriptor, index);
  return (sum & 0xff) === u8(descriptor, 4);
}

/** OSTA compressed Unicode with the used length in the last byte. */
function dString(field: Uint8Array): string | null {
  const used = Math.min(u8(field, field.length - 1), field.length - 1);
  const wide = u8(field, 0) === 16;
  let result = "";
  for (let index = 1; index < used; index += wide ? 2 : 1) {
    const unit = wide ? u8(field, index) * 256 + u8(field, index + 1) : u8(field, index);
    result += String.fromCharCode(unit);
  }
  return cleanLabel(result);
}

/** Labels are shown: only printable characters, no padding. */
function cleanLabel(label: string): string | null {
  const clean = label.replace(/[\p{C}\u2028\u2029]/gu, "").trim();
  return clean === "" ? null : clean;
}
