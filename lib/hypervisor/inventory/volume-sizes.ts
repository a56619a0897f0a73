import type { Connection } from "@/lib/libvirt";
import { isAbsent } from "../errors";
import type { ParsedDomain } from "../xml/parse-domain";
import type { DomainStats } from "./stats";

const options = { deadlineMs: 8_000 };

/** Sizes of a domain's disks by target, from their volumes: what a guest that is off has. */
export async function volumeSizes(
  connection: Connection,
  domain: ParsedDomain,
): Promise<DomainStats["disks"]> {
  const sizes: DomainStats["disks"] = new Map();
  for (const disk of domain.disks) {
    if (disk.pool === null || disk.volume === null) continue;
    const size = await volumeSize(connection, disk.pool, disk.volume);
    if (size !== null) sizes.set(disk.target, size);
  }
  return sizes;
}

async function volumeSize(connection: Connection, poolName: string, name: string) {
  try {
    const { pool } = await connection.call("storagePoolLookupByName", { name: poolName }, options);
    const { vol } = await connection.call("storageVolLookupByName", { pool, name }, options);
    const info = await connection.call("storageVolGetInfo", { vol }, options);
    return { capacityBytes: Number(info.capacity), allocationBytes: Number(info.allocation) };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
