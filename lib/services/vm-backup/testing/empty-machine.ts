import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { bytesOf, openCopy, tempDir } from "@/lib/db/testing/temp-db";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import { hostsOf } from "../../testing/real-world";
import { restoreBackup } from "../restore-backup";
import { restoreInPlace } from "../restore-in-place";
import { verifyBackup } from "../verify-backup";

const pool = "portico-backups";

/**
 * Another machine, whose libvirt has no domain and no volume, with a copy of the portal's database
 * and of the folder of backups: the VM comes back there as a new one, with the disk of then.
 */
export async function comesBackElsewhere(
  lab: CrashLab,
  portal: Portal,
  { backupId, name }: { backupId: string; name: string },
): Promise<void> {
  const folder = "/var/lib/libvirt/images/portico/backups";
  const kept = join(await tempDir(), "backups");
  await cp(lab.peer.outside(folder), kept, { recursive: true });
  const files = await readdir(kept);
  const bytes = await bytesOf(portal.world.db);
  const empty = await CrashLab.start("empty");
  try {
    const db = await openCopy(bytes);
    const hosts = hostsOf(empty.host);
    const member = { ...portal.world.member, db, hosts };
    const world = { ...portal.world, db, hosts, member };
    const uploadsDir = join(await tempDir(), "uploads");
    await mkdir(uploadsDir);
    empty.startRunner(world, uploadsDir);
    const ended = ({ taskId }: { taskId: string }) => empty.ended(db, taskId);

    // Nothing is restored from files that are not there.
    expect(await ended(await verifyBackup(member, { backupId }))).toBe("failed");
    for (const file of files) await cp(join(kept, file), join(empty.peer.outside(folder), file));
    await empty.peer.virsh(["pool-refresh", pool]);
    expect(await empty.domains()).toEqual([]);
    expect((await empty.volumes()).sort()).toEqual(files.sort());

    await expect(restoreInPlace(member, { backupId, confirmName: name })).rejects.toMatchObject({
      userMessage: { key: "backup.in_place_gone" },
    });
    const restored = await restoreBackup(member, { backupId, name: "elsewhere", start: false });
    expect(await ended(restored)).toBe("done");
    expect(await empty.domains()).toEqual([`p-${restored.vmId}`]);
    const disk = await db.disk.findFirstOrThrow({ where: { vmId: restored.vmId } });
    const path = await empty.peer.virsh(["vol-path", "--pool", disk.pool, disk.volume]);
    const [own, then] = [empty.peer.outside(path.trim()), join(kept, `b-${backupId}-vda.qcow2`)];
    expect(execFileSync("qemu-img", ["compare", own, then], { encoding: "utf8" })).toContain(
      "identical",
    );
    await empty.peer.virsh(["start", `p-${restored.vmId}`]);
    expect(await empty.peer.virsh(["domstate", `p-${restored.vmId}`])).toContain("running");
  } finally {
    await empty.stop();
  }
}
