import { headBytes } from "@/lib/model/volume/qcow2-header";
import { linkOf } from "../link";
import type { Host, Place } from "../types";
import { findVolume } from "./find-volume";

/**
 * The first bytes of a disk's file, `headBytes` of them at most, over libvirt: also from a host
 * that is elsewhere, and while a guest writes. Throws `not_found` when it is in no pool, and
 * `vm.bad_state` while libvirt is still making it.
 */
export async function readHead(host: Host, place: Place): Promise<Buffer> {
  const vol = await findVolume(host, place);
  return linkOf(host).download({ vol, offset: 0n, length: BigInt(headBytes), flags: 0 }, headBytes);
}
