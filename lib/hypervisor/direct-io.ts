import { constants } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { HostLink } from "./link";
import { parsePool } from "./xml/volume";

const PROBE = ".portico-direct-io";

/**
 * Whether files in a pool of this machine can be opened past the host's page cache: QEMU's
 * `cache=none`, which is right for disks, fails at start where they cannot (an old tmpfs). When it
 * cannot be tried, for example because the folder is root's, the answer is no.
 */
export async function directIoWorks(link: HostLink, poolName: string): Promise<boolean> {
  const { pool } = await link.call("storagePoolLookupByName", { name: poolName });
  const { xml } = await link.call("storagePoolGetXmlDesc", { pool, flags: 0 });
  const { path } = parsePool(xml);
  if (path === null) return false;
  const probe = join(path, PROBE);
  const { O_CREAT, O_RDWR, O_DIRECT } = constants;
  try {
    const file = await open(probe, O_CREAT | O_RDWR | O_DIRECT, 0o600);
    await file.close();
    return true;
  } catch {
    return false;
  } finally {
    await unlink(probe).catch(() => undefined);
  }
}
