import type { Host } from "@/lib/hypervisor/types";
import type { HostNotice } from "@/lib/model/live-event";
import { can } from "@/lib/policies/can";
import type { Context } from "../context";

/** What every signed-in person may know about the hosts: whether they answer, and how they run. */
export async function hostNotices(ctx: Context): Promise<HostNotice[]> {
  return ctx.hosts.list().map((host) => toHostNotice(host, can(ctx.actor, "host.read")));
}

/** Technical texts name paths and addresses of the installation: admins only. */
export function toHostNotice(host: Host, inDetail: boolean): HostNotice {
  const { id, connection, connectionError, syncedAt, virt, mode } = host.view();
  return {
    id,
    connection,
    connectionError: inDetail ? connectionError : null,
    syncedAt,
    virt: inDetail ? virt : { ...virt, detail: "" },
    mode,
  };
}
