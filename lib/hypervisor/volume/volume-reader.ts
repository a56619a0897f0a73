import type { ReadAt } from "@/lib/model/volume/guest-view";
import { linkOf } from "../link";
import type { Host, Place } from "../types";
import { findVolume } from "./find-volume";

/**
 * Reads single places of a disk's file over libvirt: also from a host that is elsewhere, and while a
 * guest writes. Throws `not_found` when it is in no pool; a reading throws `vm.bad_state` while
 * libvirt is still making it.
 */
export async function volumeReader(host: Host, place: Place): Promise<ReadAt> {
  const vol = await findVolume(host, place);
  return (offset, length) =>
    linkOf(host).download(
      { vol, offset: BigInt(offset), length: BigInt(length), flags: 0 },
      length,
    );
}
