import { basename, dirname, join } from "node:path";
import { defineXml } from "@/lib/hypervisor/snapshots/define-from-snapshot";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { vmXml } from "@/lib/hypervisor/vm/vm-xml";
import { awaitBuilt } from "@/lib/hypervisor/volume/await-built";
import { rewriteVolume } from "@/lib/hypervisor/volume/rewrite-volume";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { asRestored } from "@/lib/hypervisor/xml/edit-restored";
import { firmwareStateOf, withVariables } from "@/lib/hypervisor/xml/firmware-state";
import { AppError, isAppError, notFound } from "@/lib/model/errors";
import { assertDiskFree } from "@/lib/services/disk/assert-disk-free";
import { requireHost } from "@/lib/services/host/require-host";
import {
  type BackupRestoreInPlaceTask,
  backupRestoreInPlace,
} from "../definitions/backup-restore-in-place";
import { inVariables, removeVariables, writeVariables } from "./backup-variables";
import { checkBackup } from "./check-backup";
import { endChain } from "./end-chain";
import type { Step, StepContext, TaskHandler } from "./handler";
import { forgetNew, giveBack, handOverDisks, settleOld } from "./in-place-rows";

type Task = BackupRestoreInPlaceTask;

/** The rows were written by the request itself and count; only their undoing is left to the task. */
const reserve: Step<Task> = {
  async run({ db }, { disks, backupId }) {
    const there = await db.disk.count({ where: { id: { in: disks.map((disk) => disk.id) } } });
    if (there < disks.length) throw notFound(`disks of backup ${backupId}`);
  },
  undo: forgetNew,
};

/** Nothing of the VM is touched for a damaged one. */
const checksum: Step<Task> = { run: checkBackup };

const copy: Step<Task> = {
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
      const spec = { from: { ...from, path: null }, to, capacityBytes };
      await rewriteVolume(host, spec, signal, (bytes) =>
        progress((99 * (index + Math.min(1, bytes / Math.max(1, sizeBytes)))) / disks.length),
      );
    }
  },
  undo: throwAway,
};

async function throwAway(context: StepContext, input: Task): Promise<void> {
  const { host, live } = await lookAt(context, input);
  if (live !== null && isSwitched(live, input)) return;
  if (input.variables !== null) await removeVariables(host, input.variables);
  for (const { id, to } of input.disks) {
    await awaitBuilt(host, to.pool, to.volume);
    assertDiskFree(context.hosts, { id, hostId: input.hostId, ...to });
    await deleteVolume(host, to.pool, to.volume);
  }
}

/** Named so because the word is taken. The definition of before is written down first. */
const switchStep: Step<Task> = {
  async run(context, input) {
    const { host, live } = await lookAt(context, input);
    if (live === null) throw notFound(`domain ${input.uuid}`);
    if (!isSwitched(live, input)) {
      assertUntouched(live, input);
      await endChain(context, input, "backup.full.restored");
      const xml = await vmXml(host, input.uuid, "next");
      await note(context, { xml });
      await defineXml(host, input.uuid, await definitionOf(context, input, xml));
    }
    await handOverDisks(context, input);
  },
  async undo(context, input) {
    const { host, live } = await lookAt(context, input);
    const { xml, final } = await inputNow(context);
    // Of the former disks some may be gone: the only way is forward.
    if (final) return dropFormer(context, input);
    // A guest that was started by virsh runs from the new ones: there is no way back then.
    if (xml === null || (live !== null && live.bootId !== null)) return;
    if (live !== null && isSwitched(live, input)) await defineXml(host, input.uuid, xml);
    await giveBack(context, input);
  },
};

/** The VM has what it shall have by now, so that nothing here is worth going back. */
const old: Step<Task> = {
  async run(context, input) {
    await note(context, { final: true });
    await dropFormer(context, input);
  },
};

/** What is still in use, or what the host does not delete, stays as the project's. */
async function dropFormer(context: StepContext, input: Task): Promise<void> {
  const host = requireHost(context.hosts, input.hostId);
  for (const { id, pool, volume, replaced } of input.old) {
    if (!replaced || !(await deleteOld(context, host, { id, pool, volume }))) continue;
    await context.db.disk.deleteMany({ where: { id } });
  }
  await dropFormerVariables(context, host, input);
  await settleOld(context, input);
}

/** Those of before, when the VM has others now. */
async function dropFormerVariables(
  context: StepContext,
  host: Host,
  { variables }: Task,
): Promise<void> {
  const { xml } = await inputNow(context);
  if (variables === null || xml === null) return;
  const former = firmwareStateOf(xml, variables.folder).variables;
  if (former === null || former === join(variables.folder, variables.name)) return;
  const file = { folder: dirname(former), name: basename(former) };
  await removeVariables(host, file).catch((error: unknown) =>
    context.log.warn({ err: error, former }, "former UEFI variables stay"),
  );
}

async function deleteOld(
  { hosts, log }: StepContext,
  host: Host,
  disk: { id: string; pool: string; volume: string },
): Promise<boolean> {
  try {
    assertDiskFree(hosts, { ...disk, hostId: host.id });
    await deleteVolume(host, disk.pool, disk.volume);
    return true;
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn({ err: error, volume: disk.volume }, "a former disk is kept");
    return false;
  }
}

/** Of the backup's moment; without variables in the backup the VM keeps those of now. */
async function definitionOf({ db }: StepContext, input: Task, before: string): Promise<string> {
  const row = await db.backup.findUnique({ where: { id: input.backupId } });
  if (row === null) throw notFound(`backup ${input.backupId}`);
  const disks = Object.fromEntries(input.disks.map(({ target, to }) => [target, to]));
  const { title, description } = input;
  const xml = asRestored(row.definition, { title, description, disks });
  if (xml === null) throw notFound(`a disk of backup ${input.backupId}`);
  if (input.variables !== null) return inVariables(xml, input.variables);
  const own = firmwareStateOf(before, null).variables;
  return own === null ? xml : withVariables(xml, own);
}

/** Without `live` when somebody has removed the domain meanwhile. */
async function lookAt(
  { hosts }: StepContext,
  { hostId, uuid }: Task,
): Promise<{ host: Host; live: LiveVm | null }> {
  const host = requireHost(hosts, hostId);
  return { host, live: await host.inventory.refresh(uuid) };
}

function isSwitched(live: LiveVm, { disks }: Task): boolean {
  return disks.every(({ target, to }) =>
    live.nextDisks.some((disk) => disk.target === target && disk.volume === to.volume),
  );
}

/** Off, without snapshots, and on the disks of the request. */
function assertUntouched(live: LiveVm, { uuid, old: rows }: Task): void {
  const own = live.nextDisks.filter((disk) => disk.device === "disk");
  const same =
    own.length === rows.length &&
    own.every((disk) => rows.some((row) => row.volume === disk.volume));
  const isOff = live.bootId === null && live.state !== "saved";
  if (isOff && live.snapshots.length === 0 && same) return;
  throw new AppError({
    code: "conflict.rule",
    message: `${uuid} was changed while its backup was restored`,
    userMessage: { key: "backup.in_place_changed" },
  });
}

/** The task's input with what the task itself has written into it. */
async function inputNow({ db, taskId }: StepContext): Promise<Task> {
  const { input } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  return backupRestoreInPlace.input.parse(JSON.parse(input));
}

async function note(
  context: StepContext,
  facts: Pick<Task, "xml"> | Pick<Task, "final">,
): Promise<void> {
  const input = JSON.stringify({ ...(await inputNow(context)), ...facts });
  await context.db.task.update({ where: { id: context.taskId }, data: { input } });
}

export const backupRestoreInPlaceHandler: TaskHandler<Task> = {
  definition: backupRestoreInPlace,
  steps: { reserve, checksum, copy, switch: switchStep, old },
};
