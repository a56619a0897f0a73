import { beginBackup } from "@/lib/hypervisor/backup/begin-backup";
import { checkpointName, listCheckpoints } from "@/lib/hypervisor/backup/checkpoints";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { blockInfo } from "@/lib/hypervisor/volume/block-info";
import { createVolume, deleteVolume, readVolume } from "@/lib/hypervisor/volumes";
import { type ChainBase, incrementProblem, markProblem } from "@/lib/model/backup-chain";
import { isAppError, notFound, type UserMessage } from "@/lib/model/errors";
import type { BackupCreateTask } from "../definitions/backup-create";
import { holdFor } from "./backup-hold";
import type { StepContext } from "./handler";

/** What the backup's row says of how it was made. */
export interface Pushed {
  quiesced: boolean | null;
  kind: "full" | "incremental";
  baseId: string | null;
  checkpoint: string | null;
  /** JSON of a key and its values. */
  fullBecause: string | null;
}

interface Way {
  base: ChainBase | null;
  checkpoint: string | null;
}

interface SizedDisk {
  target: string;
  volume: string;
  format: string | null;
  capacityBytes: number;
}

/** A backup of everything without a checkpoint, and why it is no increment. */
export function asFull(why: UserMessage | null): Omit<Pushed, "quiesced"> {
  const fullBecause = why === null ? null : JSON.stringify(why);
  return { kind: "full", baseId: null, checkpoint: null, fullBecause };
}

/**
 * Begins the writing by the QEMU of a running VM: of what has changed where that was asked for and
 * can be, else of everything; what the host refuses is tried the plainer way.
 */
export async function pushDisks(
  context: StepContext,
  host: Host,
  live: LiveVm,
  input: BackupCreateTask,
): Promise<Pushed> {
  const { uuid, backupId, quiesce, increment } = input;
  const disks = await sizesOf(host, live, input);
  const state = { running: true, snapshots: live.snapshots.length, disks };
  const checkpoints = increment === null ? [] : await listCheckpoints(host, uuid);
  let why =
    increment === null
      ? null
      : (increment.full ?? incrementProblem({ ...state, checkpoints }, increment.base));
  const checkpoint = checkpointName(backupId);
  const ways: Way[] = [{ base: null, checkpoint: null }];
  if (increment !== null && markProblem(state) === null) {
    ways.unshift({ base: null, checkpoint });
    if (why === null) ways.unshift({ base: increment.base, checkpoint });
  }
  for (const [index, way] of ways.entries()) {
    context.signal.throwIfAborted();
    const hold = quiesce && live.agentConnected ? holdFor(context, host, input) : null;
    const since = way.base?.checkpoint ?? null;
    try {
      const files = await makeFiles(host, input, disks, way.base);
      const quiesced = await beginBackup(host, uuid, { ...way, files, since }, hold);
      if (way.base === null) return { quiesced, ...asFull(why), checkpoint: way.checkpoint };
      const { backupId: baseId } = way.base;
      return { quiesced, kind: "incremental", baseId, checkpoint, fullBecause: null };
    } catch (error) {
      if (index === ways.length - 1 || !isRefused(error)) throw error;
      context.log.warn({ err: error, backupId }, "a backup is made in a plainer way");
      why = refusedBy(error);
      for (const { volume } of disks) await deleteVolume(host, input.pool, volume);
    }
  }
  throw notFound(`a way to back ${uuid} up`);
}

async function sizesOf(
  host: Host,
  live: LiveVm,
  { uuid, disks }: BackupCreateTask,
): Promise<SizedDisk[]> {
  const sized: SizedDisk[] = [];
  for (const { target, volume } of disks) {
    const { capacityBytes } = await blockInfo(host, uuid, target);
    const format = live.disks.find((disk) => disk.target === target)?.format ?? null;
    sized.push({ target, volume, format, capacityBytes });
  }
  return sized;
}

/** Empty files of the disks' sizes; on top of the base's, by a name that holds wherever both lie. */
async function makeFiles(
  host: Host,
  { pool }: BackupCreateTask,
  disks: readonly SizedDisk[],
  base: ChainBase | null,
): Promise<{ target: string; path: string }[]> {
  const files: { target: string; path: string }[] = [];
  for (const { target, volume: name, capacityBytes } of disks) {
    const under = base?.disks.find((disk) => disk.target === target)?.volume;
    await createVolume(host, {
      pool,
      name,
      format: "qcow2",
      capacityBytes,
      ...(under === undefined ? {} : { backing: { path: under, format: "qcow2" as const } }),
    });
    const made = await readVolume(host, pool, name);
    if (made === null) throw notFound(`volume ${name}`);
    files.push({ target, path: made.path });
  }
  return files;
}

function isRefused(error: unknown): boolean {
  return (
    isAppError(error, "host.refused") ||
    isAppError(error, "host.unsupported") ||
    isAppError(error, "not_found")
  );
}

function refusedBy(error: unknown): UserMessage {
  const reason = isAppError(error) ? String(error.details.reason ?? error.code) : "?";
  return { key: "backup.full.refused", values: { reason } };
}
