import { createHash } from "node:crypto";
import type { PoolRef } from "@/lib/libvirt";
import { isAbsent } from "../errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { buildDirPool } from "../xml/volume";

const TURN_DEADLINE_MS = 60_000;

/**
 * Has libvirt look at a folder of its host as at a pool, for as long as the work takes: so files
 * that are in no pool are read and written there as well, also on a host that is elsewhere. The
 * work gets the pool's name. Throws `host.refused` when there is no such folder.
 */
export async function withFolder<T>(
  host: Host,
  path: string,
  work: (pool: string) => Promise<T>,
): Promise<T> {
  const link = linkOf(host);
  // libvirt takes no two pools of one folder.
  return link.turns.take(`folder ${path}`, TURN_DEADLINE_MS, async () => {
    const name = `portico-aside-${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
    const pool = (await leftOver(host, name)) ?? (await make(host, name, path));
    try {
      return await work(name);
    } finally {
      await link.call("storagePoolDestroy", { pool });
    }
  });
}

async function make(host: Host, name: string, path: string): Promise<PoolRef> {
  const xml = buildDirPool({ name, path });
  return (await linkOf(host).call("storagePoolCreateXml", { xml, flags: 0 })).pool;
}

/** A portal that died has left it. */
async function leftOver(host: Host, name: string): Promise<PoolRef | null> {
  try {
    const { pool } = await linkOf(host).call("storagePoolLookupByName", { name });
    await linkOf(host).call("storagePoolRefresh", { pool, flags: 0 });
    return pool;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
