import type { VmState } from "@/lib/model/vm-state";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";
import { viewOf } from "./view-of";

/** A VM of any project, as administrators list it. */
export interface ManagedVm {
  id: string;
  name: string;
  project: { slug: string; name: string };
  hostId: string;
  state: VmState;
  vcpus: number;
  memoryKib: number;
}

/** The VMs of all projects, by project and then newest last, for admins. */
export async function listManaged(ctx: Context): Promise<ManagedVm[]> {
  assertCan(ctx.actor, "host.read");
  const rows = await ctx.db.vm.findMany({
    include: { project: { select: { slug: true, name: true } } },
    orderBy: [{ project: { name: "asc" } }, { createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ project, ...row }) => {
    const { id, name, hostId, state, live } = viewOf(ctx.hosts, row);
    return { id, name, project, hostId, state, vcpus: live.vcpus, memoryKib: live.memoryKib };
  });
}
