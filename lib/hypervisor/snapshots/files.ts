import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { notFound } from "@/lib/model/errors";
import { isAbsent, mayBeBusy } from "../errors";
import { linkOf } from "../link";
import type { Host, Place } from "../types";
import { createVolume, deleteVolume } from "../volumes";
import { overlayName } from "./overlay-name";

/** Looking through a folder of many files takes a moment. */
const REFRESH_DEADLINE_MS = 60_000;
/** Making an empty file takes less than one of these, a whole disk more than all of them. */
const BUSY_PAUSE_MS = 200;
const BUSY_TRIES = 50;

/** Path of a disk's file on the host. Throws `not_found` when it is not there. */
export async function pathOf(host: Host, place: Place): Promise<string> {
  if (place.pool === null || place.volume === null) {
    if (place.path === null) throw notFound("a disk without a file");
    return place.path;
  }
  const link = linkOf(host);
  await refreshPool(host, place.pool);
  const { pool } = await link.call("storagePoolLookupByName", { name: place.pool });
  const { vol } = await link.call("storageVolLookupByName", { pool, name: place.volume });
  return (await link.call("storageVolGetPath", { vol })).name;
}

/** Whether what a place names is there. What lies in no pool is taken to be: libvirt will tell. */
export async function isThere(host: Host, place: Place): Promise<boolean> {
  try {
    await pathOf(host, place);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** Where the file of a task goes that lies on top of `path`: beside it. */
export function overlayPath(path: string, suffix: string): string {
  return join(dirname(path), overlayName(basename(path), suffix));
}

/** Makes an empty file on top of a disk's; that it is there already is no error. */
export async function createOverlay(host: Host, base: Place, suffix: string): Promise<string> {
  const path = await pathOf(host, base);
  const file = overlayPath(path, suffix);
  if (base.pool === null) throw notFound("the pool of a disk");
  const place = { pool: base.pool, volume: basename(file), path: file };
  if (await isThere(host, place)) return file;
  await createVolume(host, {
    pool: base.pool,
    name: place.volume,
    format: "qcow2",
    capacityBytes: await capacityOf(host, base.pool, basename(path)),
    backing: { path, format: "qcow2" },
  });
  return file;
}

async function capacityOf(host: Host, poolName: string, name: string): Promise<number> {
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name: poolName });
  const { vol } = await link.call("storageVolLookupByName", { pool, name });
  return Number((await link.call("storageVolGetInfo", { vol })).capacity);
}

/** Removes a file that libvirt made beside its pool's back; one in no pool is left alone. */
export async function removeFile(host: Host, place: Place): Promise<void> {
  const name = place.volume ?? (place.path === null ? null : basename(place.path));
  if (place.pool === null || name === null) return;
  await refreshPool(host, place.pool);
  await deleteVolume(host, place.pool, name);
}

/**
 * What QEMU made is in no pool's list before. While somebody else's file is being made in the pool
 * libvirt refuses, so it is asked again for some seconds. Throws `not_found` without the pool.
 */
export async function refreshPool(host: Host, name: string): Promise<void> {
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name });
  const options = { deadlineMs: REFRESH_DEADLINE_MS };
  for (let tries = 1; ; tries++) {
    try {
      await link.call("storagePoolRefresh", { pool, flags: 0 }, options);
      return;
    } catch (error) {
      if (!mayBeBusy(error) || tries === BUSY_TRIES) throw error;
    }
    await setTimeout(BUSY_PAUSE_MS);
  }
}
