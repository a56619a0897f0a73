import type { TypedParam } from "@/lib/libvirt";
import type { DiskLimits } from "@/lib/model/disk-limits";
import { bytesOfMib } from "@/lib/model/units";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { modifyBoth } from "./in-both";

/**
 * Holds the traffic of the disk at `target` to limits, in the running guest and for every start in
 * one call of libvirt's. Throws `host.refused` with its words.
 */
export function setDiskLimits(
  host: Host,
  uuid: string,
  target: string,
  limits: DiskLimits,
): Promise<LiveVm> {
  const params = paramsOf(limits);
  return modifyBoth(host, uuid, (dom, flags) => {
    return linkOf(host).call("domainSetBlockIoTune", { dom, disk: target, params, flags });
  });
}

/** Nothing is no limit. What virsh set for one direction alone cannot stand beside one for both. */
function paramsOf({ iops, iopsBurst, mibps, mibpsBurst }: DiskLimits): TypedParam[] {
  const figures = {
    total_iops_sec: iops ?? 0,
    total_iops_sec_max: iopsBurst ?? 0,
    read_iops_sec: 0,
    read_iops_sec_max: 0,
    write_iops_sec: 0,
    write_iops_sec_max: 0,
    total_bytes_sec: bytesOfMib(mibps ?? 0),
    total_bytes_sec_max: bytesOfMib(mibpsBurst ?? 0),
    read_bytes_sec: 0,
    read_bytes_sec_max: 0,
    write_bytes_sec: 0,
    write_bytes_sec_max: 0,
  };
  return Object.entries(figures).map(([field, value]) => ({
    field,
    type: "ullong",
    value: BigInt(value),
  }));
}
