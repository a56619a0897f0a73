import { basename } from "node:path";
import { defineFromSnapshot, defineXml } from "@/lib/hypervisor/snapshots/define-from-snapshot";
import {
  createOverlay,
  isThere,
  overlayPath,
  pathOf,
  removeFile,
} from "@/lib/hypervisor/snapshots/files";
import { redefineSnapshot } from "@/lib/hypervisor/snapshots/redefine-snapshot";
import { revertToSnapshot } from "@/lib/hypervisor/snapshots/revert-to-snapshot";
import type { Host, LiveDisk, LiveSnapshot, LiveVm, Place } from "@/lib/hypervisor/types";
import { startVm } from "@/lib/hypervisor/vm/start-vm";
import { vmXml } from "@/lib/hypervisor/vm/vm-xml";
import { type DiskFiles, withFiles } from "@/lib/hypervisor/xml/edit-snapshot";
import { parseDomain } from "@/lib/hypervisor/xml/parse-domain";
import { AppError, notFound } from "@/lib/model/errors";
import { planRevert } from "@/lib/model/snapshot-plan";
import { withAncestors } from "@/lib/model/snapshot-tree";
import { publish } from "@/lib/services/live/bus";
import { assertPossible } from "@/lib/services/snapshot/refuse";
import { type SnapshotRevertTask, snapshotRevert } from "../definitions/snapshot-revert";
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
    const { host, live } = await lookAt(context, input);
    if (input.storage === "internal") {
      await revertToSnapshot(host, input.uuid, input.name);
      return;
    }
    const files: DiskFiles = await filesOf(host, snapshotOf(live, input.name).disks, input.suffix);
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
    if (input.storage === "external") await tidy(context, host, live, input.vmId);
    await context.db.vm.updateMany({ where: { id: input.vmId }, data: input.sizesAfter });
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

type Disk = Place & { target: string };

const isDisk = (drive: LiveDisk) => drive.device === "disk";

/** Target → the disk's file, or with a suffix the one on top of it. */
async function filesOf(host: Host, of: readonly Disk[], suffix?: string): Promise<DiskFiles> {
  const files: Record<string, string> = {};
  for (const disk of of) {
    const path = await pathOf(host, disk);
    files[disk.target] = suffix === undefined ? path : overlayPath(path, suffix);
  }
  return files;
}

/**
 * Makes the snapshot the current one, `tops` on top of it, and names the files of its whole line:
 * so libvirt finds them again in the chain that it reads from the files themselves.
 */
async function nameByFiles(host: Host, live: LiveVm, name: string, tops: DiskFiles) {
  let above = tops;
  for (const each of withAncestors(live.snapshots, name)) {
    const own = await filesOf(host, each.disks);
    const onTop = above;
    const change = (xml: string) => withFiles(xml, own, onTop);
    await redefineSnapshot(host, live.uuid, each.name, change, { current: each.name === name });
    above = own;
  }
}

/** Removes the files that held what was done since, once nothing uses them. */
async function tidy(context: StepContext, host: Host, live: LiveVm, vmId: string): Promise<void> {
  const before = await beforeOf(context);
  if (before === null) return;
  const used = [...live.nextDisks, ...live.snapshots.flatMap((each) => each.disks)];
  const rows = await context.db.disk.findMany({ where: { vmId } });
  const kept = new Set([...used, ...rows].map((each) => each.volume));
  for (const disk of parseDomain(before.xml).disks.filter(isDisk)) {
    const pool = live.nextDisks.find((each) => each.target === disk.target)?.pool ?? null;
    const volume = disk.volume ?? (disk.path === null ? null : basename(disk.path));
    if (volume === null || kept.has(volume)) continue;
    await removeFile(host, { pool, volume, path: disk.path });
  }
}
