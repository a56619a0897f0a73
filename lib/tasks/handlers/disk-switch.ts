import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { setDiskVolume } from "@/lib/hypervisor/vm/set-disk-volume";
import { deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { AppError, isAppError } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { publish } from "@/lib/services/live/bus";
import type { DiskRewriteTask } from "../definitions/disk-rewrite";
import type { StepContext } from "./handler";

interface Looked {
  host: Host;
  live: LiveVm;
}

/** Whether the VM's next start is from the new file. */
export function isSwitched(live: LiveVm, { target, to }: DiskRewriteTask): boolean {
  return live.nextDisks.some((disk) => disk.target === target && disk.volume === to.volume);
}

/** Lays the VM on the new file, and its row as well; a copy only becomes a disk that is kept. */
export async function switchOver(
  context: StepContext,
  input: DiskRewriteTask,
  { host, live }: Looked,
): Promise<void> {
  const { uuid, target, pool, from, to } = input;
  if (input.copy) return keepOther(context, input);
  if (!isSwitched(live, input)) {
    const isThere = live.nextDisks.some(
      (disk) => disk.target === target && disk.pool === pool && disk.volume === from.volume,
    );
    if (live.bootId !== null || live.snapshots.length > 0 || !isThere) {
      throw new AppError({
        code: "conflict.rule",
        message: `${uuid} was changed while its disk was rewritten`,
        userMessage: { key: "volume.changed" },
      });
    }
    await setDiskVolume(host, uuid, target, { pool, ...to });
  }
  await exchangeRows(context, input, to, from);
}

/** Back to the old file, unless the VM runs from the new one or the old one is no more. */
export async function switchBack(
  context: StepContext,
  input: DiskRewriteTask,
  { host, live }: Looked,
): Promise<void> {
  const { uuid, target, pool, from, to } = input;
  if (input.copy) {
    await context.db.disk.updateMany({ where: { id: input.otherId }, data: { state: "making" } });
    return;
  }
  const old = await readVolume(host, pool, from.volume);
  if (live.bootId !== null || old === null) return;
  if (isSwitched(live, input)) await setDiskVolume(host, uuid, target, { pool, ...from });
  await exchangeRows(context, input, from, to);
}

type File = DiskRewriteTask["from"];

/** The VM's row gets one file and the other row the other; a pair that is so already stays. */
async function exchangeRows(
  { db, clock }: StepContext,
  input: DiskRewriteTask,
  own: File,
  other: File,
): Promise<void> {
  const { diskId, otherId } = input;
  await db.$transaction(
    async (tx) => {
      const row = await tx.disk.findUniqueOrThrow({ where: { id: otherId } });
      if (row.volume === other.volume) return;
      // No two rows may name one file, not even for a moment.
      await tx.disk.delete({ where: { id: otherId } });
      await tx.disk.update({ where: { id: diskId }, data: own });
      await tx.disk.create({ data: { ...row, ...other, keptAt: clock() } });
    },
    { isolationLevel: "Serializable" },
  );
  tell(input);
}

/**
 * The old file goes, or stays as a disk that is kept: when that was wanted, and when the host does
 * not delete it. The VM has its new one by now, so that nothing here is worth going back.
 */
export async function dropOld(
  context: StepContext,
  input: DiskRewriteTask,
  { host }: Looked,
): Promise<void> {
  if (!input.copy && (input.keepOld || !(await deleteOld(context, input, host)))) {
    await keepOther(context, input);
  }
  await atRest(context, input);
}

async function deleteOld(
  context: StepContext,
  { hostId, pool, from, otherId }: DiskRewriteTask,
  host: Host,
): Promise<boolean> {
  try {
    assertDiskFree(context.hosts, { id: otherId, hostId, pool, volume: from.volume });
    await deleteVolume(host, pool, from.volume);
  } catch (error) {
    if (!isAppError(error)) throw error;
    context.log.warn({ err: error, volume: from.volume }, "an old file is kept");
    return false;
  }
  await context.db.disk.deleteMany({ where: { id: otherId } });
  return true;
}

/** Of what was undone nothing stays; what stands for the old file of a VM on the new one does. */
export async function settleOther(context: StepContext, input: DiskRewriteTask): Promise<void> {
  const { otherId, from, to, hostId, pool } = input;
  const row = await context.db.disk.findUnique({ where: { id: otherId } });
  if (row?.volume === from.volume) {
    await keepOther(context, input);
  } else {
    // What a guest uses goes on counting, and has a row.
    assertDiskFree(context.hosts, { id: otherId, hostId, pool, volume: to.volume });
    await context.db.disk.deleteMany({ where: { id: otherId } });
  }
  await atRest(context, input);
}

/** Nothing is at work on the VM's disk any more. */
async function atRest({ db }: StepContext, input: DiskRewriteTask): Promise<void> {
  await db.disk.updateMany({
    where: { id: input.diskId, state: "making" },
    data: { state: "ready" },
  });
  tell(input);
}

async function keepOther(context: StepContext, input: DiskRewriteTask): Promise<void> {
  await context.db.disk.updateMany({
    where: { id: input.otherId },
    data: { state: "ready", keptAt: context.clock() },
  });
  tell(input);
}

function tell({ projectId, vmId }: DiskRewriteTask): void {
  publish({ type: "vm", projectId, vmId });
  publish({ type: "disk", projectId });
}
