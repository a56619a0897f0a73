import { setDiskLimits as setOnHost } from "@/lib/hypervisor/vm/set-disk-limits";
import type { DiskLimits } from "@/lib/model/disk-limits";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "../vm/find-vm";
import { detailOf } from "../vm/get-vm";
import { findVmDisk } from "./find-vm-disk";

/**
 * Holds a disk's traffic to limits, now and for the next boot; an administrator's, since a limit
 * that a project can lift holds nobody. Throws `not_found` without such a drive, `conflict.rule`
 * for one that is not the project's, `vm.bad_state` while the VM is being made or deleted, and
 * `host.*` errors; then nothing is changed.
 */
export async function setDiskLimits(
  ctx: Context,
  { vmId, target, ...limits }: { vmId: string; target: string } & DiskLimits,
): Promise<VmDetail> {
  const row = await findVm(ctx, vmId, "vm.set_disk_limits");
  const { host, live: known } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: "vm.set_disk_limits",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { target, ...limits },
    },
    async () => {
      const live = (await host.inventory.refresh(row.uuid)) ?? known;
      await findVmDisk(ctx.db, row.id, live, target);
      await setOnHost(host, row.uuid, target, limits);
    },
  );
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, row);
}
