import { planDetachDisk } from "@/lib/model/detach-plan";
import { AppError } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { diskDetach } from "@/lib/tasks/definitions/disk-detach";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm, requireLive } from "../vm/find-vm";
import { isLocked } from "../vm/locked";
import { toVmView } from "../vm/to-vm-view";
import { assertPossible } from "./assert-possible";
import { findVmDisk } from "./find-vm-disk";
import { markDisk } from "./mark-disk";

export interface DetachDiskInput {
  vmId: string;
  target: string;
  /** With everything on it; else it is kept in the project and goes on counting. */
  remove: boolean;
  /** VM and place ("web/vdb") as a person typed it, for a removal; null from a program. */
  confirmName: string | null;
}

/**
 * Enqueues taking a disk away from its VM, which a running guest must agree to. Throws what its
 * plan refuses (`conflict.rule`, `vm.bad_state`), `not_found` without such a drive,
 * `input.invalid` for the wrong name, `conflict.rule` for removing a disk of a locked VM, and
 * `host.unreachable`; nothing is changed then.
 */
export async function detachDisk(
  ctx: Context,
  input: DetachDiskInput,
): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.disk");
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const { target, remove, confirmName } = input;
  if (remove) {
    assertCan(ctx.actor, "disk.delete", projectId);
    if (row.locked) throw isLocked(vmId);
    if (confirmName !== null && confirmName.normalize("NFC").trim() !== `${name}/${target}`) {
      throw new AppError({
        code: "input.invalid",
        message: "the typed name is another",
        fields: { confirmName: { key: "field.confirm_disk" } },
      });
    }
  }
  const taskId = await audited(
    ctx,
    {
      action: remove ? "disk.remove" : "disk.detach",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { target },
    },
    async () => {
      const { host, live: known } = requireLive(ctx, row);
      const live = (await host.inventory.refresh(uuid)) ?? known;
      const disk = await findVmDisk(ctx.db, vmId, live, target);
      const { state } = toVmView(row, live, host);
      const drive = live.disks.find((each) => each.target === target);
      const vm = { state, hasSnapshots: live.snapshots.length > 0 };
      if (drive) assertPossible(planDetachDisk(vm, drive, live.disks).problem, row.domainName);
      const { id: diskId, pool, volume } = disk;
      return ctx.db.$transaction(async (tx) => {
        await markDisk(tx, disk, "detaching");
        const place = { vmId, projectId, hostId, uuid, diskId, pool, volume, target };
        return enqueueVmTask(ctx, tx, row, {
          definition: diskDetach,
          input: { ...place, vmName: name, remove },
          stepsDone: 1,
        });
      });
    },
  );
  publish({ type: "disk", projectId });
  announceTask(taskId, projectId);
  return { taskId };
}
