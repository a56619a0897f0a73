import type { DiskState, DiskView } from "@/lib/model/disk";
import type { Context } from "../context";
import type { DiskRow } from "./find-disk";
import { keptAllocation } from "./kept-allocation";

/** Whose disk it is and in which place, as tasks and the audit log call it. */
export function diskName(row: DiskRow): string {
  return `${row.vm?.name ?? row.keptFrom ?? "?"}/${row.target}`;
}

/** A row as it is shown. What a VM's disk takes is known from the inventory. */
export async function toDiskView(ctx: Context, row: DiskRow): Promise<DiskView> {
  const { id, projectId, hostId, volume, format, vm } = row;
  return {
    id,
    projectId,
    hostId,
    name: diskName(row),
    volume,
    format,
    capacityBytes: Number(row.capacityBytes),
    allocationBytes: vm ? liveAllocation(ctx, row, vm.uuid) : await keptAllocation(ctx, row),
    state: row.state as DiskState,
    vm: vm && { id: vm.id, name: vm.name },
    keptFrom: row.keptFrom,
    keptAt: row.keptAt?.toISOString() ?? null,
  };
}

function liveAllocation({ hosts }: Context, row: DiskRow, uuid: string): number | null {
  const live = hosts.get(row.hostId)?.inventory.get(uuid);
  return live?.disks.find((each) => each.target === row.target)?.allocationBytes ?? null;
}
