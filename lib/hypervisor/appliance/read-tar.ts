import { Header } from "tar";
import { applianceLimits } from "@/lib/model/appliance";
import type { ByteSource } from "@/lib/model/iso/bytes";
import { refuse } from "./refuse";

/** A plain file in an archive, and where its bytes lie. */
export interface TarFile {
  name: string;
  offset: number;
  sizeBytes: number;
}

const block = 512;
/** What programs that write whole records leave behind the end. */
const maxTrailing = 1024 * 1024;
const plainKinds: readonly string[] = ["File", "OldFile"];

/**
 * The table of contents of a tar archive, read header by header: nothing is unpacked, so no name in
 * it becomes one of a file. OVF asks for the plain kind of 1988, and no more is taken: a few files
 * side by side, each whole, each name once. Throws `input.invalid` with the reason.
 */
export async function readTar(source: ByteSource): Promise<TarFile[]> {
  const files: TarFile[] = [];
  const names = new Set<string>();
  let at = 0;
  for (;;) {
    const bytes = Buffer.from(await source.read(at, block));
    if (bytes.length < block) throw refuse("truncated");
    if (bytes.every((byte) => byte === 0)) break;
    if (files.length >= applianceLimits.files) {
      throw refuse("tar_files", { limit: applianceLimits.files });
    }
    const file = readHeader(bytes, at + block);
    const known = file.name.normalize("NFC").toLowerCase();
    if (names.has(known)) throw refuse("tar_twice", { name: file.name });
    names.add(known);
    at = file.offset + Math.ceil(file.sizeBytes / block) * block;
    if (at > source.sizeBytes) throw refuse("truncated");
    files.push(file);
  }
  await assertEnds(source, at);
  return files;
}

function readHeader(bytes: Buffer, offset: number): TarFile {
  const header = new Header(bytes);
  const { cksumValid, path, size, type, linkpath } = header;
  if (!cksumValid || path === undefined || size === undefined || !Number.isSafeInteger(size)) {
    throw refuse("tar_damaged");
  }
  if (!plainKinds.includes(type) || linkpath) throw refuse("tar_kind", { name: path });
  const name = path.replace(/^\.\//, "");
  if (!isPlainName(name)) throw refuse("tar_name", { name: path });
  return { name, offset, sizeBytes: size };
}

/** A name without a folder, a drive, or anything that is not seen. */
export function isPlainName(name: string): boolean {
  return name.length <= 255 && /^[^/\\:\p{C}\ufffd]+$/u.test(name) && !/^\.+$/.test(name);
}

/** Behind the end there are zeros and nothing else: no second archive that another program reads. */
async function assertEnds(source: ByteSource, at: number): Promise<void> {
  const rest = source.sizeBytes - at;
  if (rest < 2 * block) throw refuse("truncated");
  if (rest > maxTrailing) throw refuse("tar_after");
  const bytes = await source.read(at, rest);
  if (bytes.some((byte) => byte !== 0)) throw refuse("tar_after");
}
