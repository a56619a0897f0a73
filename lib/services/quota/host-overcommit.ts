import type { Host } from "@/lib/hypervisor/types";
import type { PoolView } from "@/lib/model/host";
import type { HostOvercommit, Overcommit, OvercommitReport } from "@/lib/model/overcommit";
import { limitsOf, ownLimitsOf } from "@/lib/model/quota";
import { BYTES_PER_GIB, KIB_PER_MIB } from "@/lib/model/units";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { limitFields } from "./limit-row";

/**
 * What the hosts have against what runs, what is defined and what quotas promise. For who runs
 * the installation; throws `auth.forbidden`.
 */
export async function hostOvercommit(ctx: Context): Promise<OvercommitReport> {
  assertCan(ctx.actor, "host.read");
  const disks = await ctx.db.disk.findMany({
    select: { capacityBytes: true, hostId: true },
  });
  const rows = await ctx.db.project.findMany({ select: limitFields });
  const projects = rows.map((row) => limitsOf(ownLimitsOf(row)));
  const sum = (figures: number[]) => figures.reduce((total, each) => total + each, 0);
  return {
    hosts: ctx.hosts.list().map((host) => {
      const own = disks.filter((disk) => disk.hostId === host.id);
      return overcommitOf(host, sum(own.map((disk) => Number(disk.capacityBytes))));
    }),
    promised: {
      projects: projects.length,
      vcpus: sum(projects.map((limits) => limits.vcpus)),
      memoryMib: sum(projects.map((limits) => limits.memoryMib)),
      diskGib: sum(projects.map((limits) => limits.diskGib)),
    },
  };
}

function overcommitOf(host: Host, definedBytes: number): HostOvercommit {
  const view = host.view();
  const pools = view.pools.filter((pool) => pool.role === "disks" && pool.active);
  const poolGib = (figure: (pool: PoolView) => number) =>
    pools.reduce((total, pool) => total + figure(pool), 0) / BYTES_PER_GIB;
  const vcpus: Overcommit = { physical: view.cpuCount, running: 0, defined: 0 };
  const memoryMib: Overcommit = {
    physical: view.memoryKib / KIB_PER_MIB,
    running: 0,
    defined: 0,
  };
  for (const vm of host.inventory.list()) {
    vcpus.defined += vm.next.vcpus;
    memoryMib.defined += vm.next.maxMemoryKib / KIB_PER_MIB;
    if (vm.bootId === null) continue;
    vcpus.running += vm.live.vcpus;
    memoryMib.running += vm.live.memoryKib / KIB_PER_MIB;
  }
  return {
    hostId: host.id,
    name: host.name,
    vcpus,
    memoryMib,
    diskGib: {
      physical: poolGib((pool) => pool.capacityBytes),
      running: poolGib((pool) => pool.capacityBytes - pool.availableBytes),
      defined: definedBytes / BYTES_PER_GIB,
    },
  };
}
