import type { Readable } from "node:stream";
import type { VolumeRef } from "@/lib/libvirt";
import type { DiskFormat } from "@/lib/model/vm";
import { isAbsent } from "./errors";
import { linkOf } from "./link";
import type { Host } from "./types";
import { buildVolume } from "./xml/volume";

export interface VolumeSpec {
  pool: string;
  name: string;
  format: DiskFormat;
  capacityBytes: number;
  /** The file that it lies on top of: it holds only what differs. */
  backing?: { path: string; format: DiskFormat };
}

export interface VolumeInfo {
  name: string;
  path: string;
  capacityBytes: number;
  allocationBytes: number;
}

/** Making or removing a file may wait for a slow disk. */
const STORAGE_DEADLINE_MS = 60_000;
const PARALLEL = 4;

/**
 * Makes a sparse volume. Throws `conflict.exists` when the name is taken, `not_found` without the
 * pool, `host.refused` when libvirt cannot (disk full, pool inactive).
 */
export async function createVolume(host: Host, spec: VolumeSpec): Promise<void> {
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name: spec.pool });
  await link.call(
    "storageVolCreateXml",
    { pool, xml: buildVolume(spec), flags: 0 },
    { deadlineMs: STORAGE_DEADLINE_MS },
  );
}

/** Removes a volume; that it is not there, or its pool, is no error. */
export async function deleteVolume(host: Host, pool: string, name: string): Promise<void> {
  try {
    const vol = await findVolume(host, pool, name);
    const options = { deadlineMs: STORAGE_DEADLINE_MS };
    await linkOf(host).call("storageVolDelete", { vol, flags: 0 }, options);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/**
 * Makes a raw volume of exactly `sizeBytes` in place of one with that name, and fills it from
 * `source`. `onProgress` gets the bytes handed to libvirt so far. When the source fails, ends too
 * early or too late, or `signal` aborts, the volume is removed again and the call rejects.
 */
export async function uploadVolume(
  host: Host,
  target: { pool: string; name: string; sizeBytes: number },
  source: Readable,
  onProgress: (sentBytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { pool, name, sizeBytes } = target;
  await deleteVolume(host, pool, name);
  await createVolume(host, { pool, name, format: "raw", capacityBytes: sizeBytes });
  try {
    const vol = await findVolume(host, pool, name);
    const args = { vol, offset: 0n, length: BigInt(sizeBytes), flags: 0 };
    await linkOf(host).upload(args, counted(source, sizeBytes, onProgress), signal);
  } catch (error) {
    // The first error is the one to tell; a volume that stays is found by the reconciler.
    await deleteVolume(host, pool, name).catch(() => undefined);
    throw error;
  }
}

async function* counted(
  source: Readable,
  sizeBytes: number,
  onProgress: (sentBytes: number) => void,
): AsyncGenerator<Buffer> {
  let sentBytes = 0;
  for await (const chunk of source) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    sentBytes += bytes.length;
    if (sentBytes > sizeBytes) throw new Error(`the source has more than ${sizeBytes} bytes`);
    yield bytes;
    onProgress(sentBytes);
  }
  if (sentBytes < sizeBytes) throw new Error(`the source ended after ${sentBytes} bytes`);
}

/** All volumes of a pool by name. Throws `not_found` without the pool. */
export async function listVolumes(host: Host, poolName: string): Promise<VolumeInfo[]> {
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name: poolName });
  const { vols } = await link.call("storagePoolListAllVolumes", { pool, flags: 0 });
  const found: VolumeInfo[] = [];
  for (let start = 0; start < vols.length; start += PARALLEL) {
    const page = vols.slice(start, start + PARALLEL);
    const infos = await Promise.all(page.map((vol) => volumeInfo(host, vol)));
    found.push(...infos.filter((info) => info !== null));
  }
  return found.sort((left, right) => left.name.localeCompare(right.name));
}

/** One volume; null when it is not there, or its pool. */
export async function readVolume(
  host: Host,
  pool: string,
  name: string,
): Promise<VolumeInfo | null> {
  try {
    return await volumeInfo(host, await findVolume(host, pool, name));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function volumeInfo(host: Host, vol: VolumeRef): Promise<VolumeInfo | null> {
  try {
    const link = linkOf(host);
    const info = await link.call("storageVolGetInfo", { vol });
    const { name: path } = await link.call("storageVolGetPath", { vol });
    return {
      name: vol.name,
      path,
      capacityBytes: Number(info.capacity),
      allocationBytes: Number(info.allocation),
    };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function findVolume(host: Host, poolName: string, name: string): Promise<VolumeRef> {
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name: poolName });
  return (await link.call("storageVolLookupByName", { pool, name })).vol;
}
