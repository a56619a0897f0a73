import { followBackup } from "@/lib/hypervisor/backup/follow-backup";
import { refreshPool } from "@/lib/hypervisor/snapshots/files";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { backupProblem } from "@/lib/model/backup";
import { markProblem } from "@/lib/model/backup-chain";
import { AppError, notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { refuseSaved } from "@/lib/services/vm/find-vm";
import type { BackupCreateTask } from "../definitions/backup-create";
import { asFull, type Pushed, pushDisks } from "./backup-push";
import type { StepContext } from "./handler";

/**
 * Copies all disks of the VM as they are at one moment: QEMU itself does it while the guest runs,
 * and the host's libvirt while it is off. Throws `conflict.rule` when its disks are other ones by
 * now, or when it was started meanwhile.
 */
export async function copyDisks(context: StepContext, input: BackupCreateTask): Promise<void> {
  const { hostId, uuid, disks, backupId } = input;
  const host = requireHost(context.hosts, hostId);
  const live = await host.inventory.refresh(uuid);
  if (live === null) throw notFound(`domain ${uuid}`);
  refuseSaved(live);
  const own = disks.map((disk) => disk.target);
  const here = live.disks.filter((disk) => disk.device === "disk");
  const problem = backupProblem({ live: live.disks, next: live.nextDisks, own });
  if (problem !== null || here.length !== own.length) throw changed(uuid, "backup.changed");
  const ran = live.bootId !== null;
  const made = ran ? await pushDisks(context, host, live, input) : wholeWhileOff(input);
  await context.db.backup.update({ where: { id: backupId }, data: { ran, ...made } });
  if (ran) await followBackup(host, uuid, context.signal, toPercent(context, 0, 1));
  else await cloneAll(context, host, live, input);
}

function wholeWhileOff({ increment }: BackupCreateTask): Pushed {
  const why = increment === null ? null : markProblem({ running: false, snapshots: 0, disks: [] });
  return { quiesced: null, ...asFull(why) };
}

async function cloneAll(
  context: StepContext,
  host: Host,
  live: LiveVm,
  { uuid, pool, disks }: BackupCreateTask,
): Promise<void> {
  const before = await Promise.all(disks.map((disk) => factsOf(host, live, disk.target)));
  for (const [index, { volume }] of disks.entries()) {
    const source = before[index];
    if (source === undefined) throw notFound(`disk of ${uuid}`);
    const { place, facts } = source;
    // libvirt's list believes what a guest has written into a raw disk, other files below it included.
    if (facts.format !== place.format) {
      const values = { format: place.format ?? "?", other: facts.format ?? "?" };
      throw changed(uuid, "volume.other_format", values);
    }
    const percent = toPercent(context, index, disks.length);
    const to = { pool, volume, format: "qcow2" } as const;
    await rewriteVolume(
      host,
      { from: place, to, capacityBytes: facts.capacityBytes },
      context.signal,
      (bytes) => percent((100 * bytes) / Math.max(1, facts.allocationBytes)),
    );
  }
  const after = await Promise.all(disks.map((disk) => factsOf(host, live, disk.target)));
  const now = await host.inventory.refresh(uuid);
  const untouched = before.every(
    ({ facts }, index) => facts.changedAt === after[index]?.facts.changedAt,
  );
  if (now?.bootId !== null || !untouched) throw changed(uuid, "backup.started");
}

/** Where a disk's content lies, and what libvirt says of it. */
async function factsOf(host: Host, live: LiveVm, target: string) {
  const disk = live.nextDisks.find((each) => each.target === target);
  if (disk === undefined) throw notFound(`disk ${target}`);
  // What QEMU made on top of a disk is in no pool's list before.
  if (disk.volume === null) {
    for (const pool of host.inventory.pools()) {
      if (pool.role === "disks" && pool.active) await refreshPool(host, pool.name);
    }
  }
  return { place: disk, facts: await readVolumeFacts(host, disk) };
}

/** Of one part of several alike; the checksums take the rest. */
function toPercent({ progress }: StepContext, part: number, parts: number) {
  return (percent: number) => progress((90 * (part + Math.min(100, percent) / 100)) / parts);
}

function changed(uuid: string, key: string, values: Record<string, string> = {}): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `${uuid} is not backed up: ${key}`,
    userMessage: { key, values },
  });
}
