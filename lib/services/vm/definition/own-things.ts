import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import type { OwnThings } from "@/lib/hypervisor/xml/definition/find-unusual";
import type { Context } from "../../context";

/**
 * What a VM's definition may name: its own disks, images of its project in a drive, networks of
 * its host, and the MAC addresses that it has.
 */
export async function ownThings(
  ctx: Context,
  row: Vm,
  host: Host,
  live: LiveVm,
): Promise<OwnThings> {
  const place = { pool: true, volume: true } as const;
  const disks = await ctx.db.disk.findMany({ where: { vmId: row.id }, select: place });
  const images = await ctx.db.image.findMany({
    where: { projectId: row.projectId, state: "ready" },
    select: place,
  });
  return {
    volumes: new Set([
      ...disks.map(({ pool, volume }) => `disk ${pool}/${volume}`),
      ...images.map(({ pool, volume }) => `cdrom ${pool}/${volume}`),
    ]),
    networks: new Set(host.inventory.networks().map(({ name }) => name)),
    macs: new Set([...live.nics, ...live.nextNics].map(({ mac }) => mac.toLowerCase())),
  };
}
