import { AppError } from "@/lib/model/errors";
import { diskFormats } from "@/lib/model/vm";
import { diskAttach } from "@/lib/tasks/definitions/disk-attach";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findSeenVm, requireLive } from "../vm/find-vm";
import { toVmView } from "../vm/to-vm-view";
import { assertDiskFree } from "./assert-disk-free";
import { findDisk } from "./find-disk";
import { freeTarget } from "./free-target";
import { markDisk } from "./mark-disk";

/**
 * Gives a VM a disk that its project has kept, by a task. Throws `not_found` for another
 * project's, whatever one may do, `conflict.rule` for one that a VM has, that lies on another
 * host, or that the plan refuses, `vm.bad_state` while a task or any guest of the host has it, and
 * `host.unreachable`; nothing is changed then.
 */
export async function attachDisk(
  ctx: Context,
  input: { vmId: string; diskId: string },
): Promise<{ taskId: string }> {
  const row = await findSeenVm(ctx, input.vmId);
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const { diskId } = input;
  const disk = await findDisk(ctx, { diskId, projectId }, "vm.disk");
  const { pool, volume } = disk;
  const taskId = await audited(
    ctx,
    {
      action: "disk.attach",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { volume },
    },
    async () => {
      const { host, live: known } = requireLive(ctx, row);
      if (disk.vm !== null) throw refused("disk.of_a_vm", { name: disk.vm.name });
      if (disk.hostId !== hostId) throw refused("disk.other_host");
      const live = (await host.inventory.refresh(uuid)) ?? known;
      assertDiskFree(ctx.hosts, disk);
      const { state } = toVmView(row, live, host);
      return ctx.db.$transaction(
        async (tx) => {
          const rows = await tx.disk.findMany({ where: { vmId }, select: { target: true } });
          const target = freeTarget(row, live, state, rows);
          const data = { vmId, target, keptFrom: null, keptAt: null };
          await markDisk(tx, { id: diskId, vmId: null }, "attaching", data);
          const kept = {
            target: disk.target,
            from: disk.keptFrom,
            at: disk.keptAt?.toISOString() ?? null,
          };
          const format = diskFormats.find((each) => each === disk.format) ?? "qcow2";
          const place = { pool, volume, format, target };
          return enqueueVmTask(ctx, tx, row, {
            definition: diskAttach,
            input: { vmId, projectId, hostId, uuid, diskId, ...place, kept },
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

function refused(key: string, values: Record<string, string> = {}): AppError {
  return new AppError({ code: "conflict.rule", message: key, userMessage: { key, values } });
}
