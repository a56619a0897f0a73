import { newId } from "@/lib/db/id";
import { diskVolume } from "@/lib/model/disk-volume";
import { AppError } from "@/lib/model/errors";
import { assertPoolFits } from "@/lib/model/host-fit";
import { assertQuota } from "@/lib/model/quota";
import { gibToBytes } from "@/lib/model/units";
import type { DiskFormat } from "@/lib/model/vm";
import { diskAdd } from "@/lib/tasks/definitions/disk-add";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requirePool } from "../host/require-host";
import { publish } from "../live/bus";
import { countQuota } from "../quota/count-quota";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm, requireLive } from "../vm/find-vm";
import { toVmView } from "../vm/to-vm-view";
import { freeTarget } from "./free-target";

export interface AddDiskInput {
  vmId: string;
  sizeGib: number;
  format: DiskFormat;
  /** Of the volume's name, where somebody was shown that beforehand. */
  suffix?: string | undefined;
}

/**
 * Reserves a new disk of the VM and enqueues its making, by the plan that the page showed. Throws
 * `conflict.exists` for a name that is taken, what that plan refuses (`conflict.rule`,
 * `vm.bad_state`), `quota.exceeded` for what the project or the pool cannot carry, and
 * `host.unreachable`; nothing is left behind then.
 */
export async function addDisk(ctx: Context, input: AddDiskInput): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.disk");
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const { sizeGib, format } = input;
  const diskId = newId();
  const taskId = await audited(
    ctx,
    {
      action: "disk.add",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { diskGib: sizeGib },
    },
    async () => {
      const { host, live: known } = requireLive(ctx, row);
      const live = (await host.inventory.refresh(uuid)) ?? known;
      const pool = requirePool(host, "disks");
      const capacityBytes = gibToBytes(sizeGib);
      assertPoolFits({ format, capacityBytes }, pool);
      const { state } = toVmView(row, live, host);
      const volume = diskVolume(row.domainName, input.suffix ?? diskId, format);
      return ctx.db.$transaction(
        async (tx) => {
          const rows = await tx.disk.findMany({ where: { vmId }, select: { target: true } });
          const target = freeTarget(row, live, state, rows);
          assertQuota(await countQuota(tx, ctx.hosts, projectId), { diskGib: sizeGib });
          if ((await tx.disk.count({ where: { volume } })) > 0) {
            throw new AppError({ code: "conflict.exists", message: `${volume} is there` });
          }
          const place = { pool: pool.name, volume, format, target };
          await tx.disk.create({
            data: {
              id: diskId,
              projectId,
              vmId,
              hostId,
              ...place,
              capacityBytes: BigInt(capacityBytes),
            },
          });
          return enqueueVmTask(ctx, tx, row, {
            definition: diskAdd,
            input: { vmId, projectId, hostId, uuid, diskId, ...place, capacityBytes },
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
