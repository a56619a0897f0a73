import { defineFromSnapshot, defineXml } from "@/lib/hypervisor/snapshots/define-from-snapshot";
import {
  createOverlay,
  isThere,
  overlayPath,
  pathOf,
  removeFile,
} from "@/lib/hypervisor/snapshots/files";
import { filesOf, isDisk, nameByFiles, removeOldTops } from "@/lib/hypervisor/snapshots/line";
import { redefineSnapshot } from "@/lib/hypervisor/snapshots/redefine-snapshot";
import { revertToSnapshot } from "@/lib/hypervisor/snapshots/revert-to-snapshot";
import type { LiveSnapshot, LiveVm } from "@/lib/hypervisor/types";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { vmXml } from "@/lib/hypervisor/vm/vm-xml";
import { parseDomain } from "@/lib/hypervisor/xml/parse-domain";
import { AppError, notFound } from "@/lib/model/errors";
import { planRevert } from "@/lib/model/snapshot-plan";
import { publish } from "@/lib/services/live/bus";
import { assertPossible } from "@/lib/services/snapshot/refuse";
import { type SnapshotRevertTask, snapshotRevert } from "../definitions/snapshot-revert";
import { endChain } from "./end-chain";
import type { Step, StepContext, TaskHandler } from "./handler";
import { hasSnapshot, lookAt, takeSnapshot } from "./take-snapshot";
import { ensureOff } from "./vm-off";

/** Written by the request itself; only giving back is left to the task. */
const reserve: Step<SnapshotRevertTask> = {
  async run() {},
  async undo({ db }, { vmId, sizesBefore }) {
    await db.vm.updateMany({ where: { id: vmId }, data: sizesBefore });
  },
};

/** Everything that would let it fail half-way is looked for before anything is touched. */
const check: Step<SnapshotRevertTask> = {
  async run(context, input) {
    const { host, live, set } = await lookAt(context, input);
    assertPossible(planRevert(set, input.name, live.next).problem);
    const to = snapshotOf(live, input.name);
    for (const place of [...to.disks, ...to.media]) {
      if (await isThere(host, place)) continue;
      throw new AppError({
        code: "conflict.rule",
        message: `${place.volume ?? place.path} of a snapshot is gone`,
        userMessage: { key: "snapshot.file_gone", values: { file: place.volume ?? "?" } },
      });
    }
  },
};

/** It stays, whatever becomes of the rest: that is what it was wanted for. */
const first: Step<SnapshotRevertTask> = {
  look: async (context, input) =>
    input.first === null || (await hasSnapshot(context, input, input.first.name)),
  async run(context, input) {
    if (input.first !== null) await takeSnapshot(context, input, input.first);
  },
};

/**
 * Writes down what undoing goes back to. libvirt itself ends a guest whose snapshot lies inside
 * its disks.
 */
const stop: Step<SnapshotRevertTask> = {
  async run(context, input) {
    const { host, live } = await lookAt(context, input);
    const xml = await vmXml(host, input.uuid, "next");
    const current = live.snapshots.find((each) => each.current)?.name ?? null;
    await context.db.task.update({
      where: { id: context.taskId },
      data: { input: JSON.stringify({ ...input, before: { xml, current } }) },
    });
    if (input.storage === "external") await ensureOff(host, input.uuid);
  },
  async undo(context, input) {
    const { host, live } = await lookAt(context, input);
    if (input.ran && live.bootId === null) await startVm(host, input.uuid);
  },
};

const disks: Step<SnapshotRevertTask> = {
  async run(context, input) {
    if (input.storage !== "external") return;
    const { host, live } = await lookAt(context, input);
    for (const disk of snapshotOf(live, input.name).disks) {
      await createOverlay(host, disk, input.suffix);
    }
  },
  async undo(context, input) {
    if (input.storage !== "external") return;
    const { host, live } = await lookAt(context, input);
    for (const disk of snapshotOf(live, input.name).disks) {
      const path = overlayPath(await pathOf(host, disk), input.suffix);
      await removeFile(host, { pool: disk.pool, volume: null, path });
    }
  },
};

const revert: Step<SnapshotRevertTask> = {
  async run(context, input) {
    // QEMU does not go back with them, and ends.
    await endChain(context, input, "backup.full.reverted");
    const { host, live } = await lookAt(context, input);
    if (input.storage === "internal") {
      await revertToSnapshot(host, input.uuid, input.name);
      return;
    }
    const files = await filesOf(host, snapshotOf(live, input.name).disks, input.suffix);
    await defineFromSnapshot(host, input.uuid, input.name, files);
    await nameByFiles(host, live, input.name, files);
  },
  async undo(context, input) {
    const { host, live } = await lookAt(context, input);
    const before = await beforeOf(context);
    if (before === null) return;
    if (input.storage === "external") await ensureOff(host, input.uuid);
    await defineXml(host, input.uuid, before.xml);
    if (before.current === null) return;
    if (input.storage === "external") {
      const tops = await filesOf(host, parseDomain(before.xml).disks.filter(isDisk));
      await nameByFiles(host, live, before.current, tops);
    } else {
      const same = (xml: string) => xml;
      await redefineSnapshot(host, input.uuid, before.current, same, { current: true });
    }
  },
};

const start: Step<SnapshotRevertTask> = {
  async run(context, input) {
    const { host, live } = await lookAt(context, input);
    if (input.runs && live.bootId === null) await startVm(host, input.uuid);
  },
};

const finish: Step<SnapshotRevertTask> = {
  async run(context, input) {
    const { host, live, row } = await lookAt(context, input);
    await context.db.vm.updateMany({ where: { id: input.vmId }, data: input.sizesAfter });
    const before = await beforeOf(context);
    if (input.storage === "external" && before !== null) {
      const rows = await context.db.disk.findMany({ where: { vmId: input.vmId } });
      // From here on there is no way back: what stays goes with the VM.
      await removeOldTops(host, live, before.xml, rows).catch((error: unknown) =>
        context.log.warn({ err: error, vmId: input.vmId }, "files of a revert stay"),
      );
    }
    publish({ type: "vm", projectId: row.projectId, vmId: input.vmId });
  },
};

export const snapshotRevertHandler: TaskHandler<SnapshotRevertTask> = {
  definition: snapshotRevert,
  steps: { reserve, check, first, stop, disks, revert, start, finish },
};

function snapshotOf(live: LiveVm, name: string): LiveSnapshot {
  const found = live.snapshots.find((each) => each.name === name);
  if (found === undefined) throw notFound(`snapshot ${name}`);
  return found;
}

async function beforeOf({ db, taskId }: StepContext): Promise<SnapshotRevertTask["before"]> {
  const { input } = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  return snapshotRevert.input.parse(JSON.parse(input)).before;
}
