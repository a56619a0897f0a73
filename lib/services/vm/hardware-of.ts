import type { Disk, Vm } from "@/lib/db/generated/client";
import type { LiveDisk, LiveVm } from "@/lib/hypervisor/types";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";
import { noModuleRooms } from "@/lib/model/memory-modules";
import type { MediumView, VmDiskView, VmHardware } from "@/lib/model/vm";
import type { Context } from "../context";
import { revisionOf } from "../live/revision-of";
import { nicsOf } from "../nic/nics-of";

/** Another one when anything differs of what `hardwareOf` shows; empty while there is no domain. */
export function hardwareRevision(live: LiveVm | null): string {
  if (live === null) return "";
  const { machine, disks, nextDisks, nics, nextNics } = live;
  const { freePorts, modules, boot, recovery, clipboard, video, cpu, addresses } = live;
  // The size of a file grows all the time; alone it is no news.
  const drives = [...disks, ...nextDisks].map(({ allocationBytes: _grows, ...drive }) => drive);
  const parts = [freePorts, modules, boot, recovery, clipboard, video, cpu, addresses];
  return revisionOf([machine, drives, nics, nextNics, ...parts]);
}

/** What only a VM's own pages show of it; as its rows have it while there is no domain. */
export async function hardwareOf(ctx: Context, row: Vm, live: LiveVm | null): Promise<VmHardware> {
  if (live === null) {
    return {
      machine: null,
      disks: await rowDisks(ctx, row),
      nics: [],
      freePorts: null,
      modules: noModuleRooms,
      boot: [],
      recovery: null,
      clipboard: null,
      video: null,
      cpu: null,
    };
  }
  return {
    machine: live.machine,
    disks: await liveDisks(ctx, row, live),
    nics: nicsOf(ctx.hosts.get(row.hostId), live),
    freePorts: live.freePorts,
    modules: live.modules,
    recovery: live.recovery,
    clipboard: live.clipboard,
    video: live.video,
    cpu: live.cpu,
    boot: live.boot,
  };
}

async function liveDisks(ctx: Context, row: Vm, live: LiveVm): Promise<VmDiskView[]> {
  const images = await ctx.db.image.findMany({
    where: { projectId: row.projectId, volume: { in: volumesOf(live) } },
    select: { id: true, name: true, pool: true, volume: true },
  });
  const rows = await ctx.db.disk.findMany({ where: { vmId: row.id } });
  const mediumOf = ({ pool, volume, path }: LiveDisk): MediumView => {
    const image = images.find((each) => each.pool === pool && each.volume === volume);
    const filled = volume !== null || path !== null;
    return { filled, volume, imageId: image?.id ?? null, imageName: image?.name ?? null };
  };
  return live.disks.map((disk) => {
    const later = live.nextDisks.find((each) => each.target === disk.target);
    return {
      ...mediumOf(disk),
      target: disk.target,
      bus: disk.bus,
      device: disk.device,
      diskId: rows.find((each) => isThere(each, disk))?.id ?? null,
      pool: disk.pool,
      format: disk.format,
      next: later && contentOf(later) !== contentOf(disk) ? mediumOf(later) : null,
      capacityBytes: disk.capacityBytes,
      allocationBytes: disk.allocationBytes,
      bootOrder: disk.bootOrder,
      limits: disk.limits,
      settings: disk.settings,
      nextSettings: later && !sameSettings(later, disk) ? later.settings : null,
    };
  });
}

function isThere(row: Disk, { target, pool, volume }: LiveDisk): boolean {
  return row.target === target && row.pool === pool && row.volume === volume;
}

/** A volume may be named by its pool or by its file. */
function contentOf({ pool, volume, path }: LiveDisk): string | null {
  return volume === null ? path : `${pool}/${volume}`;
}

function sameSettings(one: LiveDisk, other: LiveDisk): boolean {
  return JSON.stringify(one.settings) === JSON.stringify(other.settings);
}

function volumesOf(live: LiveVm): string[] {
  const disks = [...live.disks, ...live.nextDisks];
  return disks.flatMap((disk) => (disk.volume === null ? [] : [disk.volume]));
}

async function rowDisks(ctx: Context, row: Vm): Promise<VmDiskView[]> {
  const disks = await ctx.db.disk.findMany({ where: { vmId: row.id } });
  return disks.map((disk) => ({
    target: disk.target,
    bus: "virtio",
    device: "disk",
    diskId: disk.id,
    pool: disk.pool,
    format: disk.format,
    filled: true,
    volume: disk.volume,
    imageId: null,
    imageName: null,
    next: null,
    capacityBytes: Number(disk.capacityBytes),
    allocationBytes: null,
    bootOrder: null,
    limits: noDiskLimits,
    settings: { ...newDiskSettings, serial: disk.id },
    nextSettings: null,
  }));
}
