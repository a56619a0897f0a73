import type { DetachPlan } from "./detach-plan";
import type { DiskLimits } from "./disk-limits";
import type { AddDiskPlan } from "./disk-plan";
import { diskVolume } from "./disk-volume";
import type { GrowPlan } from "./grow-plan";
import { BYTES_PER_GIB, bytesOfMib } from "./units";
import { virshLine } from "./virsh-line";
import type { DiskFormat } from "./vm";

/** What limits of a disk stand for: 0 is none. */
export function limitDiskCommands(
  domainName: string,
  target: string,
  limits: DiskLimits,
  live: boolean,
): string[] {
  const { iops, iopsBurst, mibps, mibpsBurst } = limits;
  const figures = [
    ["--total-iops-sec", iops ?? 0],
    ["--total-iops-sec-max", iopsBurst ?? 0],
    ["--total-bytes-sec", bytesOfMib(mibps ?? 0)],
    ["--total-bytes-sec-max", bytesOfMib(mibpsBurst ?? 0)],
  ].flat();
  const words = figures.map(String);
  return [virshLine(["blkdeviotune", domainName, target, ...words, live && "--live", "--config"])];
}

/** What growing a disk stands for: told to the guest, or done to its volume while that is off. */
export function growDiskCommands(
  domainName: string,
  plan: GrowPlan,
  disk: { target: string; pool: string; volume: string },
): string[] {
  const { target, pool, volume } = disk;
  const size = `${plan.toBytes / BYTES_PER_GIB}G`;
  return [
    plan.live
      ? virshLine(["blockresize", domainName, target, size])
      : virshLine(["vol-resize", "--pool", pool, volume, size]),
  ];
}

/** What giving a VM a disk stands for that is there already. */
export function attachDiskCommands(
  domainName: string,
  plan: Pick<AddDiskPlan, "target" | "live">,
  disk: { pool: string; volume: string; format: string },
): string[] {
  const { pool, volume, format } = disk;
  const path = virshLine(["vol-path", "--pool", pool, volume]);
  const options = ["--subdriver", format, "--targetbus", "virtio"];
  if (plan.live) options.push("--live");
  const attach = virshLine(["attach-disk", domainName]);
  return [[attach, `"$(${path})"`, plan.target, ...options, "--config"].join(" ")];
}

/** What taking a disk away stands for; its volume only goes where that is wanted. */
export function detachDiskCommands(
  domainName: string,
  plan: Pick<DetachPlan, "live">,
  disk: { target: string; pool: string | null; volume: string | null; remove: boolean },
): string[] {
  const { target, pool, volume, remove } = disk;
  return [
    virshLine(["detach-disk", domainName, target, plan.live && "--live", "--config"]),
    ...(remove ? [virshLine(["vol-delete", "--pool", pool ?? "", volume ?? ""])] : []),
  ];
}

/** What adding a disk stands for: a volume, and its place in the VM, now and at every start. */
export function addDiskCommands(
  domainName: string,
  plan: AddDiskPlan,
  disk: { suffix: string; pool: string; format: DiskFormat; sizeGib: number },
): string[] {
  const { suffix, pool, format, sizeGib } = disk;
  const volume = diskVolume(domainName, suffix, format);
  return [
    virshLine(["vol-create-as", pool, volume, `${sizeGib}G`, "--format", format]),
    ...attachDiskCommands(domainName, plan, { pool, volume, format }),
  ];
}
