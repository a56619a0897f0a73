import type { AddDiskPlan } from "./disk-plan";
import { virshLine } from "./virsh-line";
import type { DiskFormat } from "./vm";

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
