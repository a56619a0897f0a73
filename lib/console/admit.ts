import type { Db } from "@/lib/db/client";
import type { Host, Hosts } from "@/lib/hypervisor/types";
import { AppError, notFound } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { assertCan } from "@/lib/policies/can";
import { isOutside } from "@/lib/policies/is-outside";
import { scope } from "@/lib/policies/scope";
import type { ConsoleSession } from "./sessions";
import { redeemTicket, type TicketGrant } from "./ticket";

export interface Admission {
  grant: TicketGrant;
  vm: { id: string; name: string; projectId: string; uuid: string };
  host: Host;
  /** Who looks, and by which right. */
  viewer: Pick<ConsoleSession, "via" | "shareId" | "userId" | "userName" | "sessionId">;
}

export interface AdmitDoors {
  db: Db;
  hosts: Hosts;
}

export const seenOfVm = {
  id: true,
  name: true,
  projectId: true,
  uuid: true,
  hostId: true,
} as const;

/**
 * Uses the ticket up and says which guest it opens. The rights are asked for again: they may have
 * gone since the ticket was made. Throws `auth.forbidden` for any ticket that is not good,
 * `not_found` for a VM that is gone, `host.unreachable` without its host.
 */
export async function admit(doors: AdmitDoors, actor: Actor, ticket: string): Promise<Admission> {
  const grant = await redeemTicket(doors.db, actor, ticket);
  if (grant === null) throw ticketRefused();
  const vm = await doors.db.vm.findFirst({
    where: { id: grant.vmId, ...scope(actor) },
    select: seenOfVm,
  });
  if (vm === null) throw notFound(`vm ${grant.vmId}`);
  assertCan(actor, "vm.console", vm.projectId);
  const outside = isOutside(actor, vm.projectId);
  const viewer = {
    via: outside ? "administrator" : "member",
    shareId: null,
    userId: actor.userId,
    userName: actor.name,
    sessionId: actor.sessionId,
  } as const;
  // Who was a member when the ticket was made may have left the project since.
  const viewOnly = grant.viewOnly || outside;
  return { grant: { ...grant, viewOnly }, vm, host: hostOf(doors, vm.hostId), viewer };
}

/** Throws `host.unreachable` for a host that the portal does not know any more. */
export function hostOf({ hosts }: AdmitDoors, hostId: string): Host {
  const host = hosts.get(hostId);
  if (host !== null) return host;
  throw new AppError({ code: "host.unreachable", message: `host ${hostId} is not known` });
}

/** The same whatever is wrong with it: nobody learns which. */
export function ticketRefused(): AppError {
  return new AppError({ code: "auth.forbidden", message: "console ticket refused" });
}
