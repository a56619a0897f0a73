import type { HostView } from "@/lib/model/host";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";

/** Every host in full, for admins. */
export async function listHosts(ctx: Context): Promise<HostView[]> {
  assertCan(ctx.actor, "host.read");
  return ctx.hosts.list().map((host) => host.view());
}
