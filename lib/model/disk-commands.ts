import type { AddDiskPlan } from "./disk-plan";
import type { GrowPlan } from "./grow-plan";
import { BYTES_PER_GIB } from "./units";
import { virshLine } from "./virsh-line";
import type { DiskFormat } from "./vm";

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

/** What adding a disk stands for: a volume, and its place in the VM, now and at every start. */
export function addDiskCommands(
  domainName: string,
  plan: AddDiskPlan,
  disk: { pool: string; format: DiskFormat; sizeGib: number },
): string[] {
  const { pool, format, sizeGib } = disk;
  const volume = `${domainName}-${plan.target}.${format}`;
  const path = virshLine(["vol-path", "--pool", pool, volume]);
  const attach = virshLine(["attach-disk", domainName]);
  const options = ["--subdriver", format, "--targetbus", "virtio", plan.live && "--live"];
  return [
    virshLine(["vol-create-as", pool, volume, `${sizeGib}G`, "--format", format]),
    [
      attach,
      `"$(${path})"`,
      plan.target,
      ...options.filter((word) => word !== false),
      "--config",
    ].join(" "),
  ];
}
