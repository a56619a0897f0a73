import type { NetworkView } from "@/lib/model/host";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";

/**
 * The networks that a VM of the project can be put on. Leases are reduced to those of the
 * project's own VMs: a neighbour's addresses are none of its business.
 */
export async function listNetworks(
  ctx: Context,
  input: { projectId: string },
): Promise<NetworkView[]> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "network.read");
  const rows = await ctx.db.vm.findMany({
    where: { projectId },
    select: { uuid: true, hostId: true },
  });
  return ctx.hosts.list().flatMap((host) => {
    const macs = new Set(
      rows
        .filter((row) => row.hostId === host.id)
        .flatMap((row) => host.inventory.get(row.uuid)?.nics ?? [])
        .map((nic) => nic.mac),
    );
    return host.inventory.networks().map((network) => ({
      ...network,
      leases: network.leases.filter((lease) => macs.has(lease.mac)),
    }));
  });
}
