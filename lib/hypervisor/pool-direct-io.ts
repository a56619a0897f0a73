import { directIoWorks } from "./direct-io";
import { linkOf } from "./link";
import type { Host } from "./types";

/**
 * Whether files of a host's pool can be opened past its page cache; null on a host that is not
 * this machine, where only QEMU's start shows it. Throws `not_found` without the pool.
 */
export async function poolDirectIo(host: Host, pool: string): Promise<boolean | null> {
  const link = linkOf(host);
  return link.isLocal ? directIoWorks(link, pool) : null;
}
