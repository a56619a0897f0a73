import { AppError, isAppError } from "@/lib/model/errors";
import { roundedUp } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { linkOf } from "../link";
import type { Host } from "../types";
import { blockInfo } from "../volume/block-info";
import { findVolume } from "../volume/find-volume";
import { domainRefOf, modify } from "./modify";

/** virDomainBlockResizeFlags: the size is in bytes, not KiB. */
const IN_BYTES = 1;

export interface GrownDisk {
  target: string;
  pool: string;
  volume: string;
}

/**
 * Makes a disk larger: in the running guest, which is told, or its volume while the VM is off.
 * Throws `conflict.rule` when it is no smaller, and
 * `host.refused` with libvirt's words, also when the disk is smaller afterwards than asked.
 */
export async function growDisk(
  host: Host,
  uuid: string,
  disk: GrownDisk,
  toBytes: number,
): Promise<void> {
  const link = linkOf(host);
  await modify(host, uuid, async (dom) => {
    // Asked for less than it has, QEMU would cut it off: somebody was faster by virsh.
    const before = await diskSize(host, uuid, disk);
    if (before >= toBytes) {
      throw new AppError({
        code: "conflict.rule",
        message: `${disk.target} has ${before} bytes already`,
        userMessage: { key: "disk.not_larger", values: { now: roundedUp(before / BYTES_PER_GIB) } },
      });
    }
    if (dom.id >= 0) {
      const size = BigInt(toBytes);
      await link.call("domainBlockResize", { dom, disk: disk.target, size, flags: IN_BYTES });
    } else {
      const vol = await findVolume(host, { ...disk, path: null });
      await link.call("storageVolResize", { vol, capacity: BigInt(toBytes), flags: 0 });
    }
    const now = await diskSize(host, uuid, disk);
    if (now >= toBytes) return;
    const reason = `${disk.target} has ${now} bytes after it was to have ${toBytes}`;
    throw new AppError({ code: "host.refused", message: reason, details: { reason } });
  });
}

/**
 * The size that the guest sees, in bytes, asked of libvirt now; of the volume when it is off or
 * gone. Throws `host.*`, and `not_found` without the volume.
 */
export async function diskSize(host: Host, uuid: string, disk: GrownDisk): Promise<number> {
  const link = linkOf(host);
  const dom = await domainRefOf(host, uuid).catch((error: unknown) => {
    if (isAppError(error, "not_found")) return null;
    throw error;
  });
  if (dom !== null && dom.id >= 0) {
    return (await blockInfo(host, uuid, disk.target)).capacityBytes;
  }
  const vol = await findVolume(host, { ...disk, path: null });
  return Number((await link.call("storageVolGetInfo", { vol })).capacity);
}
