import { z } from "zod";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { rewriteKinds } from "@/lib/model/volume/convert-plan";
import { publish } from "@/lib/services/live/bus";
import { backupRestoreInPlace } from "../definitions/backup-restore-in-place";
import { openTaskStates } from "../lease";
import type { Finding } from "./report";

/**
 * Rows that say that a task is at work on them when none is. Only a lost or hand-edited task row
 * leads here: a VM shows again and can be deleted, as can a disk; an image says that it failed, and a
 * backup that nobody ends that it is damaged.
 */
export async function releaseStranded(db: Db): Promise<Finding[]> {
  // One transaction: a row and its task appear together, and must not be seen apart.
  const { vms, images, disks, backups } = await db.$transaction(
    async (tx) => {
      const open = await tx.task.findMany({
        where: { state: { in: openTaskStates } },
        select: { targetId: true, kind: true, projectId: true, input: true },
      });
      const rewriting = open.filter((task) => isRewrite(task.kind));
      const busy = open.flatMap((task) => (task.targetId === null ? [] : [task.targetId]));
      return {
        vms: await releaseVms(tx, busy),
        images: await releaseImages(tx, busy),
        backups: await releaseBackups(tx, open.flatMap(backupOf)),
        disks: [
          ...(await releaseDisks(tx, busy)),
          ...(await releaseFiles(
            tx,
            rewriting.map((task) => task.projectId ?? ""),
          )),
        ],
      };
    },
    { isolationLevel: "Serializable" },
  );
  for (const vm of vms) publish({ type: "vm", projectId: vm.projectId, vmId: vm.id });
  for (const { id, projectId } of images) publish({ type: "image", projectId, imageId: id });
  return [
    ...vms.map((vm) => ({ kind: "vm.stranded" as const, hostId: vm.hostId, subject: vm.id })),
    ...images.map(({ id }) => ({ kind: "image.stranded" as const, hostId: null, subject: id })),
    ...disks.map(({ id, hostId }) => ({ kind: "disk.stranded" as const, hostId, subject: id })),
    ...backups.map(({ id, hostId }) => ({ kind: "backup.stranded" as const, hostId, subject: id })),
  ];
}

function releaseVms(tx: Prisma.TransactionClient, busy: string[]) {
  return tx.vm.updateManyAndReturn({
    where: { lifecycle: { in: ["creating", "deleting"] }, id: { notIn: busy } },
    data: { lifecycle: "ready" },
    select: { id: true, projectId: true, hostId: true },
  });
}

/** A task is at work on a kept disk itself, and on a VM's by its VM. */
function releaseDisks(tx: Prisma.TransactionClient, busy: string[]) {
  return tx.disk.updateManyAndReturn({
    where: {
      state: { not: "ready" },
      id: { notIn: busy },
      OR: [{ vmId: null, state: { not: "making" } }, { vmId: { notIn: busy } }],
    },
    data: { state: "ready" },
    select: { id: true, hostId: true },
  });
}

/** A second file of a VM's disk, whose writing nobody will end: it is there to be deleted. */
function releaseFiles(tx: Prisma.TransactionClient, busyProjects: string[]) {
  return tx.disk.updateManyAndReturn({
    where: { state: "making", vmId: null, projectId: { notIn: busyProjects } },
    data: { state: "ready" },
    select: { id: true, hostId: true },
  });
}

async function releaseBackups(tx: Prisma.TransactionClient, busy: string[]) {
  const select = { id: true, hostId: true } as const;
  const kept = await tx.backup.updateManyAndReturn({
    where: { state: "deleting", id: { notIn: busy } },
    data: { state: "ready" },
    select,
  });
  const unfinished = await tx.backup.updateManyAndReturn({
    where: { state: "making", id: { notIn: busy } },
    data: { state: "ready", verdict: "damaged" },
    select,
  });
  return [...kept, ...unfinished];
}

/** The backup that an open task makes or deletes: the target of the one is its VM. */
function backupOf({ kind, input }: { kind: string; input: string }): string[] {
  if (kind !== "backup.create" && kind !== "backup.delete") return [];
  const { backupId } = z.object({ backupId: z.string() }).parse(JSON.parse(input));
  return [backupId];
}

/** Tasks with a file that is no VM's yet, or no VM's any more. */
function isRewrite(kind: string): boolean {
  return kind === backupRestoreInPlace.kind || (rewriteKinds as readonly string[]).includes(kind);
}

async function releaseImages(tx: Prisma.TransactionClient, busy: string[]) {
  const select = { id: true, projectId: true } as const;
  const kept = await tx.image.updateManyAndReturn({
    where: { state: "deleting", id: { notIn: busy } },
    data: { state: "ready" },
    select,
  });
  const failed = await tx.image.updateManyAndReturn({
    where: { state: { in: ["checking", "storing"] }, id: { notIn: busy } },
    data: { state: "failed", error: JSON.stringify({ key: "image.failed" }) },
    select,
  });
  return [...kept, ...failed];
}
