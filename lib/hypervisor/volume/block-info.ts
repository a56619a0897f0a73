import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";

/** Sizes of a running VM's disk, in bytes, as its QEMU has them. */
export interface BlockInfo {
  capacityBytes: number;
  allocationBytes: number;
  physicalBytes: number;
}

/** Asks the QEMU of a running VM. Throws `not_found` and `host.*` errors. */
export async function blockInfo(host: Host, uuid: string, target: string): Promise<BlockInfo> {
  const dom = await domainRefOf(host, uuid);
  const sizes = await linkOf(host).call("domainGetBlockInfo", { dom, path: target, flags: 0 });
  return {
    capacityBytes: Number(sizes.capacity),
    allocationBytes: Number(sizes.allocation),
    physicalBytes: Number(sizes.physical),
  };
}
