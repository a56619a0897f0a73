import type { Db } from "@/lib/db/client";
import type { Host, Hosts } from "@/lib/hypervisor/types";
import { AppError, notFound } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";
import { assertCan } from "@/lib/policies/can";
import { scope } from "@/lib/policies/scope";
import { redeemTicket, type TicketGrant } from "./ticket";

export interface Admission {
  grant: TicketGrant;
  vm: { id: string; name: string; projectId: string; uuid: string };
  host: Host;
}

/**
 * Uses the ticket up and says which guest it opens. The rights are asked for again: they may have
 * gone since the ticket was made. Throws `auth.forbidden` for any ticket that is not good,
 * `not_found` for a VM that is gone, `host.unreachable` without its host.
 */
export async function admit(
  doors: { db: Db; hosts: Hosts },
  actor: Actor,
  ticket: string,
): Promise<Admission> {
  const grant = await redeemTicket(doors.db, actor, ticket);
  if (grant === null) {
    throw new AppError({ code: "auth.forbidden", message: "console ticket refused" });
  }
  const vm = await doors.db.vm.findFirst({
    where: { id: grant.vmId, ...scope(actor) },
    select: { id: true, name: true, projectId: true, uuid: true, hostId: true },
  });
  if (vm === null) throw notFound(`vm ${grant.vmId}`);
  assertCan(actor, "vm.console", vm.projectId);
  const host = doors.hosts.get(vm.hostId);
  if (host === null) {
    throw new AppError({ code: "host.unreachable", message: `host ${vm.hostId} is not known` });
  }
  return { grant, vm, host };
}
