import { expect } from "vitest";
import type { Disk } from "@/lib/db/generated/client";
import { DISKS_POOL } from "@/lib/hypervisor/inventory/pools";
import type { Host } from "@/lib/hypervisor/types";
import { readVolumeFacts } from "@/lib/hypervisor/volume/read-volume-facts";
import { listVolumes } from "@/lib/hypervisor/volumes";
import type { Scene } from "./move";
import type { Said } from "./said";

/**
 * Every disk has its file, every VM its disks, and what lies on another one's file lies on a
 * template's; returns the files' names.
 */
export async function expectDisks(
  { ctx, host, projects, hasFiles }: Scene,
  said: ReadonlyMap<string, Said>,
): Promise<string[]> {
  const where = { projectId: { in: [...projects] } };
  const disks = await ctx.db.disk.findMany({
    where,
    include: { vm: true, base: { include: { vm: true } } },
  });
  const files = new Map((await listVolumes(host, DISKS_POOL)).map((file) => [file.name, file]));
  for (const disk of disks) {
    const { volume, vm, base } = disk;
    expect(disk.state, volume).toBe("ready");
    expect(disk.pool).toBe(DISKS_POOL);
    expect(files.get(volume)?.capacityBytes, volume).toBe(Number(disk.capacityBytes));
    if (vm !== null) expect(disk.projectId, volume).toBe(vm.projectId);
    expect(disk.keptAt === null, `${volume} is a VM's`).toBe(vm !== null);
    if (base === null) continue;
    expect(base.vm, `the template below ${volume}`).toMatchObject({ isTemplate: true });
    expect(base.projectId).toBe(disk.projectId);
  }
  if (hasFiles) for (const disk of disks) await expectBelow(host, disk);
  for (const [vmId, { volumes }] of said) {
    const own = disks.filter((disk) => disk.vmId === vmId).map(({ volume }) => volume);
    expect(volumes).toEqual(own.sort());
  }
  return disks.map(({ volume }) => volume);
}

/** A file lies on what its row says, and on nothing where that says nothing. */
async function expectBelow(host: Host, disk: Disk & { base: Disk | null }): Promise<void> {
  const { chain, format } = await readVolumeFacts(host, { ...disk, path: null });
  expect(format, disk.volume).toBe(disk.format);
  const { base } = disk;
  const below = base === null ? [] : [{ name: base.volume, format: base.format }];
  expect(chain.slice(0, 1), `below ${disk.volume}`).toEqual(below);
}
