import type { DiskLimits } from "@/lib/model/disk-limits";
import { BYTES_PER_MIB } from "@/lib/model/units";
import { find, textOf, wholeNumber } from "./query";
import type { XmlElement } from "./tree";

/** What a drive's traffic, reading and writing together, is held to; rounded up to whole MiB. */
export function readDiskLimits(drive: XmlElement): DiskLimits {
  const figure = (name: string) => wholeNumber(textOf(find(drive, `iotune/${name}`))) || null;
  const mib = (name: string) => {
    const bytes = figure(name);
    return bytes && Math.ceil(bytes / BYTES_PER_MIB);
  };
  return {
    iops: figure("total_iops_sec"),
    iopsBurst: figure("total_iops_sec_max"),
    mibps: mib("total_bytes_sec"),
    mibpsBurst: mib("total_bytes_sec_max"),
  };
}
