import type { Prisma, Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { backupProblem } from "@/lib/model/backup";
import { AppError, notFound, type UserMessage } from "@/lib/model/errors";
import { assertPoolFits } from "@/lib/model/host-fit";
import { assertQuota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { backupCreate } from "@/lib/tasks/definitions/backup-create";
import { enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { backupPoolOf } from "../backup-pool/backup-pool-of";
import type { Context } from "../context";
import { countQuota } from "../quota/count-quota";
import { refuseTemplate, requireLive } from "../vm/find-vm";
import { assertFewRewritings } from "../volume/assert-few-rewritings";
import { findBase } from "./find-base";

export interface WantedBackup {
  backupId: string;
  note: string;
  /** Whether the guest's agent, where one answers, holds the file systems for the moment. */
  quiesce: boolean;
  /** Only what has changed since the last one, where that can be. */
  incremental: boolean;
  /** A full one at least each so many. */
  fullEvery: number | null;
  /** Made by the VM's schedule. */
  scheduled: boolean;
  actor: { userId: string; name: string };
  /** What is to be written in the same transaction. */
  also?: (tx: Prisma.TransactionClient, taskId: string) => Promise<void>;
}

/**
 * Reserves a backup of all disks of a VM, running or off, and enqueues its making, for whoever may.
 * It counts as large as its disks until it is known what its files take. Throws `conflict.rule` for
 * disks that cannot be backed up, `not_found` when the VM went to another project meanwhile, `quota.exceeded` for what the project or the pool cannot carry,
 * `host.refused` without a pool and `host.unreachable`; nothing is left behind then. Returns the
 * task's id.
 */
export async function reserveBackup(
  ctx: Pick<Context, "db" | "hosts" | "clock">,
  row: Vm,
  wanted: WantedBackup,
): Promise<string> {
  const { id: vmId, projectId, hostId, uuid, name: vmName } = row;
  const { backupId, note, quiesce, incremental, fullEvery, scheduled, actor } = wanted;
  const { host, live: known } = requireLive(ctx, row);
  const live = (await host.inventory.refresh(uuid)) ?? known;
  const pool = await backupPoolOf(ctx, host);
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
      // It may have been given to another project, or become a template, since it was looked at.
      const now = await tx.vm.findFirst({
        where: { id: vmId, projectId },
        select: { id: true, isTemplate: true },
      });
      if (now === null) throw notFound(`vm ${vmId}`);
      refuseTemplate(now);
      await assertFewRewritings(tx, hostId);
      const asked = { diskGib: wholeBytes / BYTES_PER_GIB };
      assertQuota(await countQuota(tx, ctx.hosts, projectId), asked);
      const increment = incremental
        ? await findBase(tx, { vmId, pool: pool.name }, fullEvery)
        : null;
      // Until it is known whether it can build on that one, nobody deletes it.
      const baseId = increment?.full === null ? (increment.base?.backupId ?? null) : null;
      await tx.backup.create({
        data: {
          kind: baseId === null ? "full" : "incremental",
          baseId,
          id: backupId,
          projectId,
          hostId,
          vmId,
          vmName,
          note,
          scheduled,
          pool: pool.name,
          volume: definitionFile,
          ran: live.bootId !== null,
          createdById: actor.userId,
          createdByName: actor.name,
          createdAt: ctx.clock(),
          disks: { create: disks },
        },
      });
      const taskId = await enqueueTask(tx, backupCreate, {
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
          increment,
        },
        projectId,
        hostId,
        targetId: vmId,
        targetName: vmName,
        actor,
        stepsDone: 1,
        now: ctx.clock(),
      });
      await wanted.also?.(tx, taskId);
      return taskId;
    },
    { isolationLevel: "Serializable" },
  );
}

function refuse(vmId: string, problem: UserMessage | null): void {
  if (problem === null) return;
  throw new AppError({
    code: "conflict.rule",
    message: `vm ${vmId} is not backed up: ${problem.key}`,
    userMessage: problem,
  });
}
