import { expect } from "vitest";
import { guestIsUp, inGuest } from "@/e2e/helpers/oracle";
import type { CrashLab, Portal } from "@/lib/tasks/testing/crash-lab";
import { freezeGuest } from "../../freeze/freeze-guest";
import { thawGuest } from "../../freeze/thaw-guest";
import { cancelTask } from "../../task/cancel-task";
import { insertMedia } from "../../vm/insert-media";
import { powerVm } from "../../vm/power-vm";
import { createBackup } from "../create-backup";
import { deleteBackup } from "../delete-backup";
import { listBackups } from "../list-backups";
import { restoreBackup } from "../restore-backup";
import { restoreInPlace } from "../restore-in-place";

export interface FileInGuest {
  backupId: string;
  sha256: string;
}

const shell = async (lab: CrashLab, vmId: string, script: string) =>
  (await inGuest(lab.peer, `p-${vmId}`, ["/bin/sh", "-c", `exec 2>&1; ${script}`])).trim();

/** Writes a file of random content on the running guest's disk and backs the VM up. */
export async function backUpFile(
  lab: CrashLab,
  portal: Portal,
  vmId: string,
): Promise<FileInGuest> {
  const { member, db, project } = portal.world;
  const make =
    "mke2fs -F /dev/vda && mkdir -p /mnt && mount -t ext4 /dev/vda /mnt && " +
    "dd if=/dev/urandom of=/mnt/random bs=1M count=4 && sha256sum /mnt/random";
  const sha256 = (await shell(lab, vmId, make)).match(/\b[0-9a-f]{64}\b/)?.[0] ?? "no file";
  await leavesThemHeld(lab, portal, vmId);
  const { backupId, taskId } = await createBackup(member, {
    vmId,
    note: "",
    quiesce: true,
    incremental: false,
  });
  expect(await lab.ended(db, taskId)).toBe("done");
  expect(await listBackups(member, { projectId: project })).toMatchObject([
    { id: backupId, ran: true, quiesced: true, state: "ready" },
  ]);
  // What is written afterwards is not in it, and the guest may write again.
  const changed =
    "dd if=/dev/urandom of=/mnt/random bs=1M count=4 && sync && sha256sum /mnt/random";
  expect(await shell(lab, vmId, changed)).not.toContain(sha256);
  expect(await shell(lab, vmId, "umount /mnt && echo gone")).toBe("gone");
  return { backupId, sha256 };
}

/** Somebody holds the file systems: they stay held when a backup is undone, and when it is done. */
async function leavesThemHeld(lab: CrashLab, portal: Portal, vmId: string): Promise<void> {
  const { member, db } = portal.world;
  const status = async () =>
    (
      await lab.peer.virsh([
        "qemu-agent-command",
        `p-${vmId}`,
        '{"execute":"guest-fsfreeze-status"}',
      ])
    ).trim();
  await freezeGuest(member, { vmId, seconds: 600 });
  const { reached, release } = await lab.heldAt(portal, "backup.create:copy:after");
  const cancelled = await createBackup(member, {
    vmId,
    note: "",
    quiesce: true,
    incremental: false,
  });
  await reached;
  await cancelTask(member, cancelled);
  release();
  expect(await lab.ended(db, cancelled.taskId)).toBe("cancelled");
  expect(await status()).toContain("frozen");
  const { backupId, taskId } = await createBackup(member, {
    vmId,
    note: "",
    quiesce: true,
    incremental: false,
  });
  expect(await lab.ended(db, taskId)).toBe("done");
  expect(await status()).toContain("frozen");
  await thawGuest(member, { vmId });
  expect(await status()).toContain("thawed");
  expect(await lab.ended(db, (await deleteBackup(member, { backupId })).taskId)).toBe("done");
}

const readFile = "mkdir -p /mnt && mount -t ext4 -o ro /dev/vda /mnt && sha256sum /mnt/random";

/** The VM itself, which is off, goes back: it starts and has the file as it was. */
export async function fileIsBack(
  lab: CrashLab,
  portal: Portal,
  vmId: string,
  { backupId, sha256 }: FileInGuest,
  imageId: string,
): Promise<void> {
  const { member, db } = portal.world;
  const { name } = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
  const { taskId } = await restoreInPlace(member, { backupId, confirmName: name });
  expect(await lab.ended(db, taskId)).toBe("done");
  await insertMedia(member, { vmId, imageId });
  await powerVm(member, { vmId, verb: "start" });
  await guestIsUp(lab.peer, `p-${vmId}`);
  expect(await shell(lab, vmId, readFile)).toContain(sha256);
}

/** The VM is gone: one that is restored from the backup has the file as it was. */
export async function fileComesBack(
  lab: CrashLab,
  portal: Portal,
  { backupId, sha256 }: FileInGuest,
  imageId: string,
): Promise<void> {
  const { member, db } = portal.world;
  const { vmId, taskId } = await restoreBackup(member, { backupId, name: "again", start: false });
  expect(await lab.ended(db, taskId)).toBe("done");
  await insertMedia(member, { vmId, imageId });
  await powerVm(member, { vmId, verb: "start" });
  await guestIsUp(lab.peer, `p-${vmId}`);
  expect(await shell(lab, vmId, readFile)).toContain(sha256);
  await lab.remove(portal, vmId, "again");
  expect(await lab.ended(db, (await deleteBackup(member, { backupId })).taskId)).toBe("done");
  await db.image.deleteMany({ where: { id: imageId } });
  for (const name of await lab.volumes()) {
    if (name.endsWith(".iso"))
      await lab.peer.virsh(["vol-delete", "--pool", "portico-images", name]);
  }
}
