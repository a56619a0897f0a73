import { join } from "node:path";
import { env } from "@/lib/env";
import type { PoolRef } from "@/lib/libvirt";
import { alreadyExists, isAbsent } from "./errors";
import { BACKUPS_POOL, DISKS_POOL, IMAGES_POOL } from "./inventory/pools";
import type { HostLink } from "./link";
import { buildDirPool } from "./xml/volume";

const SYSTEM_FOLDER = "/var/lib/libvirt/images/portico";
/** QEMU's user must reach files whose names it is given; nobody else may list them. */
const FOLDER_MODE = "0711";
const POOL_RUNNING = 2;
const slow = { deadlineMs: 30_000 };

/**
 * The pools of a host. Where backups lie is for the operator to choose: another disk is best. One
 * that is defined already stays where it is. Rejects with an AppError.
 */
export async function ensurePools(link: HostLink): Promise<void> {
  const root = link.mode === "session" ? join(env().PORTICO_DATA, "pools") : SYSTEM_FOLDER;
  await ensurePool(link, IMAGES_POOL, join(root, "images"));
  await ensurePool(link, DISKS_POOL, join(root, "disks"));
  await ensurePool(link, BACKUPS_POOL, env().PORTICO_BACKUP_DIR ?? join(root, "backups"));
}

async function ensurePool(link: HostLink, name: string, path: string): Promise<void> {
  const pool = (await findPool(link, name)) ?? (await definePool(link, name, path));
  const { state } = await link.call("storagePoolGetInfo", { pool });
  if (state !== POOL_RUNNING) {
    // Also where the folder of a pool that was defined long ago has vanished.
    await link.call("storagePoolBuild", { pool, flags: 0 }, slow);
    await link.call("storagePoolCreate", { pool, flags: 0 }, slow);
  }
  await link.call("storagePoolSetAutostart", { pool, autostart: 1 });
}

async function findPool(link: HostLink, name: string): Promise<PoolRef | null> {
  try {
    return (await link.call("storagePoolLookupByName", { name })).pool;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function definePool(link: HostLink, name: string, path: string): Promise<PoolRef> {
  const xml = buildDirPool({ name, path, mode: FOLDER_MODE });
  try {
    return (await link.call("storagePoolDefineXml", { xml, flags: 0 })).pool;
  } catch (error) {
    const made = alreadyExists(error) ? await findPool(link, name) : null;
    if (made === null) throw error;
    return made;
  }
}
