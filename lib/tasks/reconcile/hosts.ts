import type { Db } from "@/lib/db/client";
import { isOverlayOf } from "@/lib/hypervisor/snapshots/overlay-name";
import type { Host } from "@/lib/hypervisor/types";
import { listVolumes } from "@/lib/hypervisor/volumes";
import { openTaskStates } from "../lease";
import type { Finding } from "./report";

/** Volumes that Portico makes are named like this; all others are somebody else's. */
const ownVolume = /^p-[0-9a-z]{10}(-[0-9a-z]+)?(\.s[0-9a-z]+)?\.(qcow2|raw|iso)$/;

/** The same of files of backups. */
const ownBackup = /^b-[0-9a-z]{10}(-[0-9a-z]+\.qcow2|\.xml)$/;

/**
 * Compares what we own with what a connected host has. Only looks: a VM that libvirt lost is
 * shown as missing, and what has lost its owner is an admin's decision. Domains without our
 * metadata are none of our business.
 */
export async function compareHost(db: Db, host: Host): Promise<Finding[]> {
  const rows = await db.vm.findMany({
    where: { hostId: host.id },
    select: { id: true, uuid: true, lifecycle: true },
  });
  const known = new Set(rows.map((row) => row.id));
  const missing = rows
    .filter((row) => row.lifecycle === "ready" && host.inventory.get(row.uuid) === null)
    .map((row) => ({ kind: "vm.missing" as const, hostId: host.id, subject: row.id }));
  const orphans = host.inventory
    .list()
    .filter((vm) => vm.vmId !== null && !known.has(vm.vmId))
    .map((vm) => ({ kind: "vm.orphan" as const, hostId: host.id, subject: vm.uuid }));
  return [...missing, ...orphans, ...(await compareVolumes(db, host))];
}

/** Volumes of a pool that a domain has. */
function usedIn(host: Host, pool: string): string[] {
  return host.inventory
    .list()
    .flatMap((live) => [...live.disks, ...live.nextDisks])
    .flatMap((disk) => (disk.pool === pool && disk.volume !== null ? [disk.volume] : []));
}

async function compareVolumes(db: Db, host: Host): Promise<Finding[]> {
  const [disks, images, backups, tasks] = await Promise.all([
    db.disk.findMany({
      where: { hostId: host.id },
      select: {
        pool: true,
        volume: true,
        state: true,
        vm: { select: { id: true, lifecycle: true } },
      },
    }),
    db.image.findMany({ select: { id: true, state: true, pool: true, volume: true } }),
    db.backup.findMany({
      where: { hostId: host.id },
      select: { pool: true, volume: true, state: true, disks: { select: { volume: true } } },
    }),
    db.task.findMany({
      where: { state: { in: openTaskStates } },
      select: { targetId: true },
    }),
  ]);
  const busy = new Set(tasks.map((task) => task.targetId));
  const findings: Finding[] = [];
  for (const pool of host.inventory.pools().filter((each) => each.active)) {
    if (pool.role === "other") continue;
    const volumes = new Set((await listVolumes(host, pool.name)).map((each) => each.name));
    // Also of a VM that was let go of: it is nobody's here, and not to be thrown away.
    const owned = new Set(usedIn(host, pool.name));
    for (const disk of disks.filter((each) => each.pool === pool.name)) {
      owned.add(disk.volume);
      const atRest = disk.state === "ready" && (disk.vm?.lifecycle ?? "ready") === "ready";
      // A task of its VM may be about to make it.
      if (!atRest || busy.has(disk.vm?.id ?? null) || volumes.has(disk.volume)) continue;
      findings.push({ kind: "volume.missing", hostId: host.id, subject: disk.volume });
    }
    for (const image of images) {
      if (busy.has(image.id)) owned.add(`p-${image.id}.iso`);
      if (image.pool !== pool.name || image.volume === null) continue;
      owned.add(image.volume);
      if (image.state !== "ready" || volumes.has(image.volume)) continue;
      findings.push({ kind: "volume.missing", hostId: host.id, subject: image.volume });
    }
    for (const backup of backups.filter((each) => each.pool === pool.name)) {
      for (const file of [backup.volume, ...backup.disks.map((disk) => disk.volume)]) {
        owned.add(file);
        if (backup.state !== "ready" || volumes.has(file)) continue;
        findings.push({ kind: "volume.missing", hostId: host.id, subject: file });
      }
    }
    for (const name of volumes) {
      if (owned.has(name) || !(ownVolume.test(name) || ownBackup.test(name))) continue;
      if ([...owned].some((own) => isOverlayOf(own, name))) continue;
      findings.push({ kind: "volume.orphan", hostId: host.id, subject: name });
    }
  }
  return findings;
}
