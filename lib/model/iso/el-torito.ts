import { type ByteSource, readSectors, u8, u16 } from "./bytes";

const entryBytes = 32;
const efiPlatform = 0xef;

/** Which firmware can boot the image, from its El Torito boot catalogue. */
export async function readBootCatalog(
  source: ByteSource,
  sector: number,
): Promise<{ bios: boolean; uefi: boolean }> {
  const catalog = await readSectors(source, sector, 1);
  const found = { bios: false, uefi: false };
  const isSound = u8(catalog, 0) === 1 && u16(catalog, 30) === 0xaa55;
  if (!isSound) return found;
  note(found, u8(catalog, 1), u8(catalog, entryBytes));
  let offset = 2 * entryBytes;
  while (offset + entryBytes <= catalog.length) {
    const header = u8(catalog, offset);
    if (header !== 0x90 && header !== 0x91) break;
    const platform = u8(catalog, offset + 1);
    const count = u16(catalog, offset + 2);
    offset += entryBytes;
    for (let index = 0; index < count && offset + entryBytes <= catalog.length; index++) {
      note(found, platform, u8(catalog, offset));
      offset += entryBytes;
    }
    if (header === 0x91) break;
  }
  return found;
}

function note(found: { bios: boolean; uefi: boolean }, platform: number, indicator: number): void {
  if (indicator !== 0x88) return;
  if (platform === 0) found.bios = true;
  if (platform === efiPlatform) found.uefi = true;
}
