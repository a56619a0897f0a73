import { newId } from "@/lib/db/id";
import { backupProblem } from "@/lib/model/backup";
import { AppError, type UserMessage } from "@/lib/model/errors";
import { assertPoolFits } from "@/lib/model/host-fit";
import { assertQuota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { backupCreate } from "@/lib/tasks/definitions/backup-create";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../audited";
import type { Context } from "../context";
import { requirePool } from "../host/require-host";
import { publish } from "../live/bus";
import { countQuota } from "../quota/count-quota";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm, requireLive } from "../vm/find-vm";
import { assertFewRewritings } from "../volume/assert-few-rewritings";

export interface CreateBackupInput {
  vmId: string;
  note: string;
  /** Whether the guest's agent, where one answers, holds the file systems for the moment. */
  quiesce: boolean;
}

/**
 * Reserves a backup of all disks of a VM, running or off, and enqueues its making. It counts as
 * large as its disks until it is known what its files take. Throws `conflict.rule` for disks that
 * cannot be backed up, `quota.exceeded` for what the project or the pool cannot carry,
 * `host.refused` without a pool and `host.unreachable`; nothing is left behind then.
 */
export async function createBackup(
  ctx: Context,
  input: CreateBackupInput,
): Promise<{ backupId: string; taskId: string }> {
  const row = await findVm(ctx, input.vmId, "backup.create");
  const { id: vmId, projectId, hostId, uuid, name: vmName } = row;
  const { note, quiesce } = input;
  const backupId = newId();
  const taskId = await audited(
    ctx,
    {
      action: "backup.create",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: vmName,
      detail: { backupId },
    },
    async () => {
      const { host, live: known } = requireLive(ctx, row);
      const live = (await host.inventory.refresh(uuid)) ?? known;
      const pool = requirePool(host, "backups");
      const rows = await ctx.db.disk.findMany({ where: { vmId }, orderBy: { target: "asc" } });
      const own = rows.map((disk) => disk.target);
      refuse(vmId, backupProblem({ live: live.disks, next: live.nextDisks, own }));
      const drives = live.disks.filter((disk) => disk.device === "disk");
      const disks = drives.flatMap(({ target, capacityBytes }) => {
        const disk = rows.find((each) => each.target === target);
        if (disk === undefined) return [];
        const volume = `b-${backupId}-${target}.qcow2`;
        const size = BigInt(capacityBytes ?? disk.capacityBytes);
        return [{ id: newId(), target, format: disk.format, volume, capacityBytes: size }];
      });
      const wholeBytes = disks.reduce((sum, disk) => sum + Number(disk.capacityBytes), 0);
      const usedBytes = drives.reduce((sum, disk) => sum + (disk.allocationBytes ?? 0), 0);
      // What is in use has to fit at once.
      assertPoolFits({ format: "raw", capacityBytes: usedBytes }, pool);
      const definitionFile = `b-${backupId}.xml`;
      return ctx.db.$transaction(
        async (tx) => {
          await assertFewRewritings(tx, hostId);
          const asked = { diskGib: wholeBytes / BYTES_PER_GIB };
          assertQuota(await countQuota(tx, ctx.hosts, projectId), asked);
          await tx.backup.create({
            data: {
              id: backupId,
              projectId,
              hostId,
              vmId,
              vmName,
              note,
              pool: pool.name,
              volume: definitionFile,
              ran: live.bootId !== null,
              createdById: ctx.actor.userId,
              createdByName: ctx.actor.name,
              createdAt: ctx.clock(),
              disks: { create: disks },
            },
          });
          return enqueueVmTask(ctx, tx, row, {
            definition: backupCreate,
            input: {
              backupId,
              vmId,
              projectId,
              hostId,
              uuid,
              pool: pool.name,
              definitionFile,
              disks: disks.map(({ id, target, volume }) => ({ id, target, volume })),
              quiesce,
            },
            stepsDone: 1,
          });
        },
        { isolationLevel: "Serializable" },
      );
    },
  );
  publish({ type: "backup", projectId });
  announceTask(taskId, projectId);
  return { backupId, taskId };
}

function refuse(vmId: string, problem: UserMessage | null): void {
  if (problem === null) return;
  throw new AppError({
    code: "conflict.rule",
    message: `vm ${vmId} is not backed up: ${problem.key}`,
    userMessage: problem,
  });
}
