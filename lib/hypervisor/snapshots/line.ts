import { basename } from "node:path";
import { withAncestors } from "@/lib/model/snapshot-tree";
import type { Host, LiveDisk, LiveVm, Place } from "../types";
import { type DiskFiles, withFiles } from "../xml/edit-snapshot";
import { parseDomain } from "../xml/parse-domain";
import { overlayPath, pathOf, removeFile } from "./files";
import { redefineSnapshot } from "./redefine-snapshot";

type Disk = Place & { target: string };

/** Whether a drive has a disk of the VM's own in it. */
export const isDisk = (drive: LiveDisk) => drive.device === "disk";

/** Target → the disk's file, or with a suffix the one on top of it. */
export async function filesOf(
  host: Host,
  of: readonly Disk[],
  suffix?: string,
): Promise<DiskFiles> {
  const files: Record<string, string> = {};
  for (const disk of of) {
    const path = await pathOf(host, disk);
    files[disk.target] = suffix === undefined ? path : overlayPath(path, suffix);
  }
  return files;
}

/**
 * Makes the snapshot the current one, `tops` on top of it, and names the files of its whole line:
 * so libvirt finds them again in the chain that it reads from the files themselves.
 */
export async function nameByFiles(
  host: Host,
  live: LiveVm,
  name: string,
  tops: DiskFiles,
): Promise<void> {
  let above = tops;
  for (const each of withAncestors(live.snapshots, name)) {
    const own = await filesOf(host, each.disks);
    const onTop = above;
    const change = (xml: string) => withFiles(xml, own, onTop);
    await redefineSnapshot(host, live.uuid, each.name, change, { current: each.name === name });
    above = own;
  }
}

/**
 * Removes the files that a former definition had on top, where nothing uses them any more: no
 * drive, no snapshot, and no row of the VM's disks.
 */
export async function removeOldTops(
  host: Host,
  live: LiveVm,
  formerXml: string,
  rows: readonly { volume: string }[],
): Promise<void> {
  const used = [...live.nextDisks, ...live.snapshots.flatMap((each) => each.disks)];
  const kept = new Set([...used, ...rows].map((each) => each.volume));
  for (const disk of parseDomain(formerXml).disks.filter(isDisk)) {
    const pool = live.nextDisks.find((each) => each.target === disk.target)?.pool ?? null;
    const volume = disk.volume ?? (disk.path === null ? null : basename(disk.path));
    if (volume === null || kept.has(volume)) continue;
    await removeFile(host, { pool, volume, path: disk.path });
  }
}
