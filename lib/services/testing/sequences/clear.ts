import { forceOffVm } from "@/lib/hypervisor/vm/force-off-vm";
import { undefineVm } from "@/lib/hypervisor/vm/undefine-vm";
import { deleteVolume } from "@/lib/hypervisor/volumes";
import { removePart } from "../../image/part-file";
import type { Scene } from "./move";

/** Takes all of a scene away: domains, also those that were let go of, files and rows. */
export async function clear(scene: Scene): Promise<void> {
  const { db } = scene.ctx;
  const { host, projects, released, uploads, uploadsDir } = scene;
  const projectId = { in: [...projects] };
  for (const live of host.inventory.list()) {
    const isFree = released.has(live.uuid);
    if (!isFree && !projects.includes(live.projectId ?? "")) continue;
    await forceOffVm(host, live.uuid).catch(() => undefined);
    await undefineVm(host, live.uuid);
    // Its disks have no rows.
    if (!isFree) continue;
    for (const { pool, volume, device } of live.nextDisks) {
      if (pool !== null && volume !== null && device === "disk")
        await deleteVolume(host, pool, volume);
    }
  }
  const disks = await db.disk.findMany({ where: { projectId } });
  for (const { pool, volume } of disks) await deleteVolume(host, pool, volume);
  const backups = await db.backup.findMany({
    where: { projectId },
    include: { disks: true, files: true },
  });
  for (const { pool, volume, disks: copies, files } of backups) {
    const names = [volume, ...[...copies, ...files].map((each) => each.volume)];
    for (const name of names) await deleteVolume(host, pool, name);
  }
  await db.task.deleteMany({ where: { projectId } });
  await db.backup.deleteMany({ where: { projectId } });
  await db.disk.deleteMany({ where: { projectId, baseId: { not: null } } });
  await db.disk.deleteMany({ where: { projectId } });
  const vmIds = (await db.vm.findMany({ where: { projectId } })).map(({ id }) => id);
  await db.vm.deleteMany({ where: { projectId } });
  await db.image.deleteMany({ where: { projectId } });
  for (const id of uploads) await removePart(uploadsDir, id);
  await db.guestFreeze.deleteMany({ where: { vmId: { in: vmIds } } });
}
