import type { VolumeRef } from "@/lib/libvirt";
import { notFound } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, Place } from "../types";

/**
 * libvirt's reference of what a disk lies in, by pool and volume or by its file. Throws `not_found`
 * when it lies in no pool that libvirt knows.
 */
export async function findVolume(host: Host, place: Place): Promise<VolumeRef> {
  const link = linkOf(host);
  if (place.pool !== null && place.volume !== null) {
    const { pool } = await link.call("storagePoolLookupByName", { name: place.pool });
    return (await link.call("storageVolLookupByName", { pool, name: place.volume })).vol;
  }
  if (place.path === null) throw notFound("a disk without a file");
  return (await link.call("storageVolLookupByPath", { path: place.path })).vol;
}
