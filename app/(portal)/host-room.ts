import type { HostRoom } from "@/components/vm/types";
import type { Context } from "@/lib/services/context";

/** The figures of a host that plans and forms need; null when it is not connected. */
export function hostRoom(ctx: Context, hostId?: string): HostRoom | null {
  const host =
    hostId === undefined
      ? ctx.hosts.list().find((each) => each.connection === "connected")
      : ctx.hosts.get(hostId);
  if (host?.connection !== "connected") return null;
  const { cpuCount, memoryKib, memoryFreeKib, virt, pools, networks } = host.view();
  const disks = pools.find((pool) => pool.role === "disks" && pool.active);
  return {
    cpuCount,
    memoryKib,
    memoryFreeKib,
    diskFreeBytes: disks?.availableBytes ?? null,
    diskPool: disks?.name ?? null,
    virtType: virt.virtType,
    networks: networks.filter((network) => network.active).map((network) => network.name),
  };
}
