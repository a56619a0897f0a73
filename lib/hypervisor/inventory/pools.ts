import type { Connection } from "@/lib/libvirt";
import { logger } from "@/lib/log";
import type { PoolView } from "@/lib/model/host";
import { isAbsent } from "../errors";
import { parsePool } from "../xml/volume";
import { isWireFailure } from "./wire";

/** Names of the pools that Portico keeps on every host. */
export const IMAGES_POOL = "portico-images";
export const DISKS_POOL = "portico-disks";
export const BACKUPS_POOL = "portico-backups";

const roles: Readonly<Record<string, PoolView["role"]>> = {
  [IMAGES_POOL]: "images",
  [DISKS_POOL]: "disks",
  [BACKUPS_POOL]: "backups",
};

const POOL_RUNNING = 2;
const POOL_DEGRADED = 3;
const folderTypes = new Set(["dir", "fs", "netfs"]);
const options = { deadlineMs: 8_000 };

type PoolRef = { name: string; uuid: string };

export interface HostPool extends PoolView {
  /** Where its volumes lie on the host; null for a pool that is no folder. For our own use. */
  folder: string | null;
}

/** All storage pools of a host by name, as libvirt knows them. Rejects with a LibvirtError. */
export async function readPools(connection: Connection): Promise<HostPool[]> {
  const { pools } = await connection.call("connectListAllStoragePools", { flags: 0 }, options);
  const views = await Promise.all(pools.map((pool) => readPool(connection, pool)));
  return views
    .filter((view) => view !== null)
    .sort((left, right) => left.name.localeCompare(right.name));
}

async function readPool(connection: Connection, pool: PoolRef): Promise<HostPool | null> {
  try {
    const [info, { xml }] = await Promise.all([
      connection.call("storagePoolGetInfo", { pool }, options),
      connection.call("storagePoolGetXmlDesc", { pool, flags: 0 }, options),
    ]);
    const { type, path } = parsePool(xml);
    return {
      name: pool.name,
      role: roles[pool.name] ?? "other",
      active: info.state === POOL_RUNNING || info.state === POOL_DEGRADED,
      capacityBytes: Number(info.capacity),
      availableBytes: Number(info.available),
      folder: folderTypes.has(type) ? path : null,
    };
  } catch (error) {
    if (isWireFailure(error)) throw error;
    if (!isAbsent(error))
      logger().warn({ err: error, pool: pool.name }, "inventory: a pool cannot be read");
    return null;
  }
}

/** Makes libvirt look at the folders of our own pools again: free space has no event. */
export async function rescanOwnPools(connection: Connection): Promise<void> {
  const { pools } = await connection.call("connectListAllStoragePools", { flags: 0 }, options);
  const own = pools.filter(({ name }) => name in roles);
  // An inactive pool cannot be rescanned; that it is inactive is shown as it is.
  await Promise.allSettled(
    own.map((pool) => connection.call("storagePoolRefresh", { pool, flags: 0 }, options)),
  );
}
