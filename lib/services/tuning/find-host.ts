import { linkOf } from "@/lib/hypervisor/link";
import type { Host } from "@/lib/hypervisor/types";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";

/** A connected host that the actor may do this to. Throws `not_found` and `host.unreachable`. */
export function findHost(ctx: Context, hostId: string, permission: Permission): Host {
  assertCan(ctx.actor, permission);
  if (ctx.hosts.get(hostId) === null) throw notFound(`host ${hostId}`);
  return requireHost(ctx.hosts, hostId);
}

/** Whether the host is the machine that the portal runs on, so that its sysfs can be read. */
export function isHere(host: Host): boolean {
  const { isLocal, mode } = linkOf(host);
  return isLocal && mode !== "test";
}
