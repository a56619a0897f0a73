import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { LiveVm } from "@/lib/hypervisor/types";
import { planAddDisk } from "@/lib/model/disk-plan";
import { assertPoolFits } from "@/lib/model/host-fit";
import { assertQuota } from "@/lib/model/quota";
import { gibToBytes } from "@/lib/model/units";
import type { DiskFormat } from "@/lib/model/vm";
import { diskAdd } from "@/lib/tasks/definitions/disk-add";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requirePool } from "../host/require-host";
import { publish } from "../live/bus";
import { countQuota } from "../quota/count-quota";
import { findVm, requireLive } from "../vm/find-vm";
import { toVmView } from "../vm/to-vm-view";
import { assertPossible } from "./assert-possible";

export interface AddDiskInput {
  vmId: string;
  sizeGib: number;
  format: DiskFormat;
}

/**
 * Reserves a new disk of the VM and enqueues its making, by the plan that the page showed. Throws
 * what that plan refuses (`conflict.rule`, `vm.bad_state`), `quota.exceeded` for what the project
 * or the pool cannot carry, and `host.unreachable`; nothing is left behind then.
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
      const volume = `${row.domainName}-${diskId}.${format}`;
      return ctx.db.$transaction(
        async (tx) => {
          const rows = await tx.disk.findMany({ where: { vmId }, select: { target: true } });
          const target = targetFor(row, live, state, rows);
          assertQuota(await countQuota(tx, ctx.hosts, projectId), { diskGib: sizeGib });
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
          return enqueueTask(tx, diskAdd, {
            input: { vmId, projectId, hostId, uuid, diskId, ...place, capacityBytes },
            projectId,
            hostId,
            targetId: vmId,
            targetName: name,
            actor: ctx.actor,
            stepsDone: 1,
            now: ctx.clock(),
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

/** A place that neither libvirt nor a task under way has. */
function targetFor(
  { domainName }: Vm,
  live: LiveVm,
  state: LiveVm["state"],
  rows: readonly { target: string }[],
): string {
  const taken = [...live.disks, ...live.nextDisks, ...rows].map((disk) => disk.target);
  const hasSnapshots = live.snapshots.length > 0;
  const coming = rows.filter((row) => live.disks.every((disk) => disk.target !== row.target));
  const freePorts = live.freePorts && Math.max(0, live.freePorts - coming.length);
  const plan = { domainName, state, hasSnapshots, targets: taken, freePorts };
  const { target, problem } = planAddDisk(plan);
  assertPossible(problem, domainName);
  return target;
}
