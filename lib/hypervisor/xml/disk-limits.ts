import type { DiskLimits } from "@/lib/model/disk-limits";
import { BYTES_PER_MIB, bytesOfMib } from "@/lib/model/units";
import { withEachDevice } from "./devices";
import { findDrive } from "./drive";
import { find, textOf, wholeNumber } from "./query";
import { element, type XmlElement } from "./tree";

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

/**
 * The definition whose disk at `target` is held to these limits and no others; null without such a
 * disk.
 */
export function withDiskLimits(
  root: XmlElement,
  target: string,
  { iops, iopsBurst, mibps, mibpsBurst }: DiskLimits,
): XmlElement | null {
  const drive = findDrive(root, target);
  if (drive === null) return null;
  const figures = {
    total_bytes_sec: bytesOfMib(mibps ?? 0),
    total_iops_sec: iops ?? 0,
    total_bytes_sec_max: bytesOfMib(mibpsBurst ?? 0),
    total_iops_sec_max: iopsBurst ?? 0,
  };
  const tuned = Object.entries(figures)
    .filter(([, figure]) => figure > 0)
    .map(([name, figure]) => element(name, {}, [String(figure)]));
  return withEachDevice(root, (device) => {
    if (device !== drive) return device;
    const others = device.children.filter(
      (child) => typeof child === "string" || child.name !== "iotune",
    );
    const limits = tuned.length === 0 ? [] : [element("iotune", {}, tuned)];
    return { ...device, children: [...others, ...limits] };
  });
}
