import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import { assertPoolFits } from "@/lib/model/host-fit";
import { assertQuota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import type { DiskFormat } from "@/lib/model/vm";
import type { RewriteKind } from "@/lib/model/volume/convert-plan";
import { diskRewrites } from "@/lib/tasks/definitions/disk-rewrite";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { markDisk } from "../disk/mark-disk";
import { requirePool } from "../host/require-host";
import { publish } from "../live/bus";
import { countQuota } from "../quota/count-quota";
import { assertNotCloned } from "../vm/clone/assert-not-cloned";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm, requireLive } from "../vm/find-vm";
import { assertFewRewritings } from "./assert-few-rewritings";
import { assertNotRewriting } from "./assert-not-rewriting";
import { assertRewritable } from "./assert-rewritable";

export interface RewriteDiskInput {
  vmId: string;
  target: string;
  format: DiskFormat;
  copy: boolean;
  keepOld: boolean;
}

/**
 * Reserves a second file for a VM's disk, with its quota, and enqueues the writing. Throws what
 * speaks against it (see `assertRewritable`), `quota.exceeded` for what the project or the pool
 * cannot carry meanwhile, and `host.unreachable`; nothing is left behind then.
 */
export async function rewriteDisk(
  ctx: Context,
  kind: RewriteKind,
  input: RewriteDiskInput,
): Promise<{ taskId: string }> {
  const { target, format, copy, keepOld } = input;
  const row = await findVm(ctx, input.vmId, "vm.disk");
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const taskId = await audited(
    ctx,
    {
      action: kind,
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      detail: { disk: target, format, copy, keepOld },
    },
    async () => {
      const { host, live: shown } = requireLive(ctx, row);
      const live = (await host.inventory.refresh(uuid)) ?? shown;
      const disk = await ctx.db.disk.findFirst({ where: { vmId, target } });
      if (disk === null) throw notOurs(vmId, target);
      // What the rows say already is said before the host is asked.
      const known = { diskGib: Number(disk.capacityBytes) / BYTES_PER_GIB };
      assertQuota(await countQuota(ctx.db, ctx.hosts, projectId), known);
      const file = await assertRewritable(host, { vmId, live, target }, disk);
      assertFormat(kind, file.format, input);
      const { capacityBytes } = file;
      const pool = requirePool(host, "disks");
      assertPoolFits({ format, capacityBytes }, pool);
      // A qcow2 file grows: what is in use has to fit at once.
      assertPoolFits({ format: "raw", capacityBytes: file.allocationBytes }, pool);
      const otherId = newId();
      const from = { volume: disk.volume, format: disk.format as DiskFormat };
      const to = { volume: `${row.domainName}-${otherId}.${format}`, format };
      return ctx.db.$transaction(
        async (tx) => {
          await assertNotRewriting(tx, vmId);
          await assertNotCloned(tx, row);
          await assertFewRewritings(tx, hostId);
          await markDisk(tx, disk, "making");
          const asked = { diskGib: capacityBytes / BYTES_PER_GIB };
          assertQuota(await countQuota(tx, ctx.hosts, projectId), asked);
          await tx.disk.create({
            data: {
              id: otherId,
              projectId,
              hostId,
              pool: disk.pool,
              ...to,
              target,
              capacityBytes: BigInt(capacityBytes),
              state: "making",
              keptFrom: name,
              keptAt: ctx.clock(),
            },
          });
          return enqueueVmTask(ctx, tx, row, {
            definition: diskRewrites[kind],
            input: {
              vmId,
              projectId,
              hostId,
              uuid,
              target,
              diskId: disk.id,
              otherId,
              pool: disk.pool,
              from,
              to,
              capacityBytes,
              copy,
              keepOld,
              before: null,
              afterBytes: null,
            },
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

function assertFormat(kind: RewriteKind, now: string | null, input: RewriteDiskInput): void {
  const compacts = kind === "disk.compact";
  if (compacts ? now === "qcow2" : input.copy || now !== input.format) return;
  throw new AppError({
    code: "conflict.rule",
    message: `disk ${input.target} of vm ${input.vmId} is ${now}`,
    userMessage: { key: compacts ? "volume.not_compactable" : "volume.same_format" },
  });
}

function notOurs(vmId: string, target: string): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `disk ${target} of vm ${vmId} has no row`,
    userMessage: { key: "volume.not_ours" },
  });
}
