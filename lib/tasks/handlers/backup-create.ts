import { Readable } from "node:stream";
import {
  checkpointName,
  deleteCheckpoint,
  listCheckpoints,
} from "@/lib/hypervisor/backup/checkpoints";
import { endBackup } from "@/lib/hypervisor/backup/follow-backup";
import { vmXml } from "@/lib/hypervisor/vm/vm-xml";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { hashVolume } from "@/lib/hypervisor/volume/hash-volume";
import { deleteVolume, uploadVolume } from "@/lib/hypervisor/volumes";
import { notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { publish } from "@/lib/services/live/bus";
import { type BackupCreateTask, backupCreate } from "../definitions/backup-create";
import { copyDisks } from "./backup-copy";
import { letGoAfterCrash } from "./backup-hold";
import { saveVariables, variablesFile } from "./backup-variables";
import type { Step, StepContext, TaskHandler } from "./handler";

/** The rows were written by the request itself and count; only their undoing is left to the task. */
const reserve: Step<BackupCreateTask> = {
  async run({ db }, { backupId }) {
    if ((await db.backup.count({ where: { id: backupId } })) === 0) {
      throw notFound(`backup ${backupId}`);
    }
  },
  async undo({ db }, { backupId, projectId }) {
    await db.backup.deleteMany({ where: { id: backupId, state: "making" } });
    publish({ type: "backup", projectId });
  },
};

/** Beside the disks as well, so that the folder alone is enough to bring a VM back. */
const definition: Step<BackupCreateTask> = {
  async run(context, input) {
    const { db, hosts, signal } = context;
    const { backupId, hostId, uuid, pool, definitionFile: name } = input;
    const host = requireHost(hosts, hostId);
    const xml = await saveVariables(context, host, input, await vmXml(host, uuid, "next"));
    const bytes = Buffer.from(xml);
    const target = { pool, name, sizeBytes: bytes.length };
    await uploadVolume(host, target, Readable.from([bytes]), () => undefined, signal);
    await db.backup.update({ where: { id: backupId }, data: { definition: xml } });
  },
  async undo({ hosts }, input) {
    const { hostId, pool, definitionFile } = input;
    const host = requireHost(hosts, hostId);
    await deleteVolume(host, pool, definitionFile);
    await awaitBuilt(host, pool, variablesFile(input));
    await deleteVolume(host, pool, variablesFile(input));
  },
};

const copy: Step<BackupCreateTask> = {
  /** What an interrupted copying has left cannot be told from a whole file: it begins again. */
  async look(context, input) {
    await throwAway(context, input);
    return false;
  },
  run: copyDisks,
  undo: throwAway,
};

async function throwAway(context: StepContext, input: BackupCreateTask): Promise<void> {
  const { backupId, hostId, uuid, pool, disks } = input;
  const host = requireHost(context.hosts, hostId);
  await endBackup(host, uuid);
  await letGoAfterCrash(context, host, input);
  // Of a VM that is off QEMU alone could: the next increment does.
  if (host.inventory.get(uuid)?.bootId)
    await deleteCheckpoint(host, uuid, checkpointName(backupId));
  for (const { volume } of disks) {
    await awaitBuilt(host, pool, volume);
    await deleteVolume(host, pool, volume);
  }
}

const checksum: Step<BackupCreateTask> = {
  async run({ db, hosts, signal }, { backupId, hostId, pool, disks }) {
    const host = requireHost(hosts, hostId);
    for (const { id, volume } of disks) {
      const found = await hashVolume(host, pool, volume, signal, () => undefined);
      const data = { sizeBytes: BigInt(found.sizeBytes), sha256: found.sha256 };
      await db.backupDisk.update({ where: { id }, data });
    }
    for (const { id, volume } of await db.backupFile.findMany({ where: { backupId } })) {
      const found = await hashVolume(host, pool, volume, signal, () => undefined);
      const data = { sizeBytes: BigInt(found.sizeBytes), sha256: found.sha256 };
      await db.backupFile.update({ where: { id }, data });
    }
  },
};

const finish: Step<BackupCreateTask> = {
  async run(context, input) {
    const { backupId, projectId } = input;
    if (input.increment !== null) await passOn(context, input);
    await context.db.backup.updateMany({ where: { id: backupId }, data: { state: "ready" } });
    publish({ type: "backup", projectId });
  },
  async undo({ db }, { backupId }) {
    await db.backup.updateMany({ where: { id: backupId }, data: { state: "making" } });
  },
};

/** Only the newest checkpoint is ever built on: the former ones go, those of deleted backups as well. */
async function passOn(
  { db, hosts, log }: StepContext,
  { backupId, vmId, hostId, uuid }: BackupCreateTask,
): Promise<void> {
  const own = checkpointName(backupId);
  await db.backup.updateMany({
    where: { vmId, id: { not: backupId } },
    data: { checkpoint: null, chainEnd: null },
  });
  const host = requireHost(hosts, hostId);
  if (!(await host.inventory.refresh(uuid))?.bootId) return;
  try {
    for (const name of await listCheckpoints(host, uuid)) {
      if (name !== own) await deleteCheckpoint(host, uuid, name);
    }
  } catch (error) {
    log.warn({ err: error, vmId }, "checkpoints of former backups stay");
  }
}

export const backupCreateHandler: TaskHandler<BackupCreateTask> = {
  definition: backupCreate,
  steps: { reserve, definition, copy, checksum, finish },
};
