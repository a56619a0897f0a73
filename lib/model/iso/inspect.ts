import type { UserMessage } from "../errors";
import type { OsFamily } from "../image";
import { type ByteSource, sectorBytes, text } from "./bytes";
import { readIsoVolume, readUdfLabel } from "./descriptors";
import { type IsoEntry, readDirectory } from "./directory";
import { readBootCatalog } from "./el-torito";
import { checkIsoHead, headBytes, recognise } from "./head";
import { osFamilyOf } from "./os-family";

export interface IsoFinding {
  volumeLabel: string | null;
  osFamily: OsFamily;
  bootable: { bios: boolean; uefi: boolean };
}

export type IsoVerdict = { ok: true; iso: IsoFinding } | { ok: false; reason: UserMessage };

/** Discs written with padding claim up to 150 sectors more than is there; twice that passes. */
const paddingBytes = 300 * sectorBytes;
/** Directories worth a look for what tells the operating system. */
const telling = new Set(["boot", "images", "sources"]);

/**
 * Whether a file really is an ISO 9660 or UDF image, and what it holds. Reads a few hundred
 * KiB at most, by our own eyes: no tool that could be talked into following the file's own
 * references ever sees it before.
 */
export async function inspectIso(source: ByteSource): Promise<IsoVerdict> {
  const head = await source.read(0, Math.min(headBytes, source.sizeBytes));
  const reason = checkIsoHead(head, source.sizeBytes) ?? (await checkFooter(source));
  if (reason) return { ok: false, reason };
  const found = recognise(head);
  if (!found.iso9660) {
    const volumeLabel = await readUdfLabel(source);
    return { ok: true, iso: udfFinding(volumeLabel) };
  }
  const volume = await readIsoVolume(source);
  if (!volume) return { ok: false, reason: { key: "image.damaged" } };
  if (volume.claimedBytes > source.sizeBytes + paddingBytes) {
    return { ok: false, reason: truncated(volume.claimedBytes, source.sizeBytes) };
  }
  const paths = await readPaths(source, volume.root);
  const boot = volume.bootCatalogSector;
  return {
    ok: true,
    iso: {
      volumeLabel: volume.label,
      osFamily: osFamilyOf({ label: volume.label, paths }),
      bootable: boot === null ? notBootable() : await readBootCatalog(source, boot),
    },
  };
}

/** A fixed-size VHD is a raw disk with a footer: it may carry an ISO's header in front. */
async function checkFooter(source: ByteSource): Promise<UserMessage | null> {
  const footer = await source.read(source.sizeBytes - 512, 512);
  if (text(footer, 0, 8) !== "conectix") return null;
  return { key: "image.foreign_format", values: { format: "VHD" } };
}

function udfFinding(volumeLabel: string | null): IsoFinding {
  return {
    volumeLabel,
    osFamily: osFamilyOf({ label: volumeLabel, paths: new Set() }),
    bootable: notBootable(),
  };
}

function notBootable(): { bios: boolean; uefi: boolean } {
  return { bios: false, uefi: false };
}

function truncated(claimedBytes: number, sizeBytes: number): UserMessage {
  const mib = (bytes: number) => Math.floor(bytes / 1024 ** 2);
  return {
    key: "image.truncated",
    values: { claimedMib: mib(claimedBytes), actualMib: mib(sizeBytes) },
  };
}

async function readPaths(
  source: ByteSource,
  root: { sector: number; lengthBytes: number },
): Promise<Set<string>> {
  const paths = new Set<string>();
  const below: IsoEntry[] = [];
  for (const entry of await readDirectory(source, root)) {
    paths.add(entry.name);
    if (entry.isDirectory && telling.has(entry.name)) below.push(entry);
  }
  for (const folder of below.slice(0, telling.size)) {
    for (const entry of await readDirectory(source, folder)) {
      paths.add(`${folder.name}/${entry.name}`);
    }
  }
  return paths;
}
