import { planGrowDisk } from "@/lib/model/grow-plan";
import { assertPoolFits } from "@/lib/model/host-fit";
import { assertQuota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { diskFormats } from "@/lib/model/vm";
import { diskGrow } from "@/lib/tasks/definitions/disk-grow";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { countQuota } from "../quota/count-quota";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm, requireLive } from "../vm/find-vm";
import { toVmView } from "../vm/to-vm-view";
import { assertPossible } from "./assert-possible";
import { findVmDisk } from "./find-vm-disk";
import { markDisk } from "./mark-disk";

/**
 * Reserves the room and enqueues the growth of a VM's disk to `sizeGib`, by the plan that the page
 * showed. Throws what that plan refuses (`conflict.rule`, `vm.bad_state`), `not_found` without
 * such a drive, `quota.exceeded` for what the project or the pool cannot carry, and
 * `host.unreachable`; nothing is changed then.
 */
export async function growDisk(
  ctx: Context,
  input: { vmId: string; target: string; sizeGib: number },
): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.disk");
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const { target, sizeGib } = input;
  const taskId = await audited(
    ctx,
    {
      action: "disk.grow",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { target, diskGib: sizeGib },
    },
    async () => {
      const { host, live: known } = requireLive(ctx, row);
      const live = (await host.inventory.refresh(uuid)) ?? known;
      const disk = await findVmDisk(ctx.db, vmId, live, target);
      const { id: diskId, pool, volume } = disk;
      const shown = live.disks.find((each) => each.target === target)?.capacityBytes;
      const fromBytes = shown ?? Number(disk.capacityBytes);
      const { state } = toVmView(row, live, host);
      const vm = { state, hasSnapshots: live.snapshots.length > 0 };
      const { toBytes, problem } = planGrowDisk(vm, fromBytes, sizeGib);
      assertPossible(problem, row.domainName);
      const format = diskFormats.find((each) => each === disk.format) ?? "qcow2";
      const room = host.inventory.pools().find((each) => each.name === pool);
      // A raw disk has its first part already; a qcow2 must not outgrow the pool as a whole.
      const roomBytes = format === "raw" ? toBytes - fromBytes : toBytes;
      if (room) assertPoolFits({ format, capacityBytes: roomBytes }, room);
      return ctx.db.$transaction(
        async (tx) => {
          // As it counts now: another growth may have ended since.
          const { capacityBytes } = await tx.disk.findUniqueOrThrow({ where: { id: diskId } });
          const diskGib = (toBytes - Number(capacityBytes)) / BYTES_PER_GIB;
          assertQuota(await countQuota(tx, ctx.hosts, projectId), { diskGib });
          await markDisk(tx, disk, "growing", { capacityBytes: BigInt(toBytes) });
          return enqueueVmTask(ctx, tx, row, {
            definition: diskGrow,
            input: { vmId, projectId, hostId, uuid, diskId, pool, volume, target, toBytes },
            stepsDone: 1,
          });
        },
        { isolationLevel: "Serializable" },
      );
    },
  );
  publish({ type: "disk", projectId });
  announceTask(taskId, projectId);
  return { taskId };
}
