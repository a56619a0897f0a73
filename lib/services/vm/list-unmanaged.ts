import type { UnmanagedVmView } from "@/lib/model/host";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";

/** Domains that no project has, for admins to see; nothing here ever touches them. */
export async function listUnmanaged(ctx: Context): Promise<UnmanagedVmView[]> {
  assertCan(ctx.actor, "vm.read_unmanaged");
  const owned = await ctx.db.vm.findMany({ select: { uuid: true } });
  const uuids = new Set(owned.map((vm) => vm.uuid));
  return ctx.hosts.list().flatMap((host) =>
    host.inventory
      .list()
      .filter((vm) => !uuids.has(vm.uuid))
      .map((vm) => ({
        uuid: vm.uuid,
        domainName: vm.domainName,
        hostId: host.id,
        state: vm.state,
        persistent: vm.persistent,
        vcpus: vm.live.vcpus,
        memoryKib: vm.live.memoryKib,
      })),
  );
}
