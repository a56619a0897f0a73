import { defineXml } from "@/lib/hypervisor/snapshots/define-from-snapshot";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { asClone } from "@/lib/hypervisor/xml/edit-clone";
import { find, textOf } from "@/lib/hypervisor/xml/query";
import { parseXml } from "@/lib/hypervisor/xml/tree";
import { notFound } from "@/lib/model/errors";
import { requireHost } from "@/lib/services/host/require-host";
import { type BackupRestoreTask, backupRestore } from "../definitions/backup-restore";
import { inVariables, removeVariables, writeVariables } from "./backup-variables";
import { checkBackup } from "./check-backup";
import type { Step, StepContext, TaskHandler } from "./handler";
import { assertReserved, forgetReserved, handOver, takeBack } from "./new-vm";
import { ensureOff } from "./vm-off";

const reserve: Step<BackupRestoreTask> = {
  run: (context, { vmId }) => assertReserved(context, vmId),
  undo: (context, input) => forgetReserved(context, input),
};

/** A guest that starts from a damaged file may not say so for months. */
const checksum: Step<BackupRestoreTask> = { run: checkBackup };

const copy: Step<BackupRestoreTask> = {
  /** What an interrupted writing has left cannot be told from a whole file: it begins again. */
  async look(context, input) {
    await throwAway(context, input);
    return false;
  },
  async run(context, { hostId, disks, variables }) {
    const { hosts, signal, progress } = context;
    const host = requireHost(hosts, hostId);
    if (variables !== null) await writeVariables(context, host, variables);
    for (const [index, { from, to, capacityBytes, sizeBytes }] of disks.entries()) {
      await rewriteVolume(
        host,
        { from: { ...from, path: null }, to, capacityBytes },
        signal,
        (bytes) => progress((99 * (index + Math.min(1, bytes / sizeBytes))) / disks.length),
      );
    }
  },
  undo: throwAway,
};

async function throwAway({ hosts }: StepContext, input: BackupRestoreTask): Promise<void> {
  const host = requireHost(hosts, input.hostId);
  if (input.variables !== null) await removeVariables(host, input.variables);
  for (const { to } of input.disks) {
    await awaitBuilt(host, to.pool, to.volume);
    await deleteVolume(host, to.pool, to.volume);
  }
}

const define: Step<BackupRestoreTask> = {
  async run({ db, hosts }, input) {
    const { backupId, hostId, uuid, vmId, projectId, disks } = input;
    const row = await db.backup.findUnique({ where: { id: backupId } });
    if (row === null) throw notFound(`backup ${backupId}`);
    const root = parseXml(row.definition);
    const xml = asClone(root, {
      uuid,
      domainName: input.domainName,
      title: input.title,
      description: textOf(find(root, "description")) ?? "",
      owner: { vmId, projectId },
      consoleSocketPath: input.consoleSocketPath,
      // A guest may find its disks by what they are called.
      disks: Object.fromEntries(disks.map(({ target, to }) => [target, { ...to, serial: null }])),
    });
    if (xml === null) throw notFound(`a disk of backup ${backupId}`);
    await defineXml(requireHost(hosts, hostId), uuid, inVariables(xml, input.variables));
  },
  async undo({ hosts }, { hostId, uuid }) {
    await undefineVm(requireHost(hosts, hostId), uuid);
  },
};

const start: Step<BackupRestoreTask> = {
  async look({ hosts }, { hostId, uuid }) {
    const live = await requireHost(hosts, hostId).inventory.refresh(uuid);
    return live?.state === "running";
  },
  async run({ hosts }, { hostId, uuid, start: wanted }) {
    if (wanted) await startVm(requireHost(hosts, hostId), uuid);
  },
  async undo({ hosts }, { hostId, uuid }) {
    await ensureOff(requireHost(hosts, hostId), uuid);
  },
};

const finish: Step<BackupRestoreTask> = {
  run: (context, input) => handOver(context, input),
  undo: (context, input) => takeBack(context, input),
};

export const backupRestoreHandler: TaskHandler<BackupRestoreTask> = {
  definition: backupRestore,
  steps: { reserve, checksum, copy, define, start, finish },
};
