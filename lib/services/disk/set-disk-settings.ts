import { setDiskSettings as setOnHost } from "@/lib/hypervisor/vm/set-disk-settings";
import type { DiskSettingsAsked } from "@/lib/model/disk-settings";
import type { DiskSettingsPlan } from "@/lib/model/disk-settings-plan";
import { AppError } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "../vm/find-vm";
import { detailOf } from "../vm/get-vm";
import { assertPossible } from "./assert-possible";
import { findVmDisk } from "./find-vm-disk";
import { planFor } from "./plan-disk-settings";

/**
 * Bus, cache, discard and serial number of a VM's disk from its next start on, by the plan that
 * the page showed. Throws `input.invalid` and `vm.bad_state` with the plan's reason, `not_found`
 * without such a drive, `conflict.rule` for one that is not the project's or that a task has, and
 * `host.*` errors; then nothing is changed.
 */
export async function setDiskSettings(
  ctx: Context,
  { vmId, target, ...asked }: DiskSettingsAsked & { vmId: string; target: string },
): Promise<VmDetail> {
  const row = await findVm(ctx, vmId, "vm.disk");
  const { host, live: known } = requireLive(ctx, row);
  const { bus, cache, discard, serial } = asked;
  await audited(
    ctx,
    {
      action: "vm.set_disk_settings",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: {
        target,
        ...(bus !== undefined && { bus }),
        ...(cache !== undefined && { cache }),
        ...(discard !== undefined && { discard }),
        ...(serial !== undefined && { serial }),
      },
    },
    async () => {
      const live = (await host.inventory.refresh(row.uuid)) ?? known;
      const disk = await findVmDisk(ctx.db, vmId, live, target);
      if (disk.state !== "ready") assertPossible({ key: "disk.busy" }, row.domainName);
      const plan = await planFor(host, live, disk, asked);
      if (plan.problem !== null) throw refused(row.domainName, plan);
      if (plan.when !== "unchanged") await setOnHost(host, row.uuid, target, plan.wanted);
    },
  );
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, row);
}

function refused(domainName: string, { problem, invalid }: DiskSettingsPlan): AppError {
  return new AppError({
    code: invalid ? "input.invalid" : "vm.bad_state",
    message: `settings of a disk of ${domainName} are refused: ${problem?.key}`,
    ...(problem && { userMessage: problem }),
  });
}
