import type { Db } from "@/lib/db/client";
import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { thawFilesystems } from "@/lib/hypervisor/guest/thaw-filesystems";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import { writeAudit } from "../audit";

export interface ThawDeps {
  db: Db;
  hosts: Hosts;
  log: Logger;
  clock: () => Date;
}

/** Who is said to have done it, in the audit log. */
const timeLimit = { userId: null, name: "time limit", ip: "" };

/**
 * Thaws every guest whose time is over. One whose agent does not answer, or whose host is away, is
 * tried again at the next call; one that is off or was started anew is not frozen any more.
 */
export async function thawOverdue(deps: ThawDeps): Promise<void> {
  const { db, log, clock } = deps;
  const due = await db.guestFreeze.findMany({ where: { until: { lte: clock() } } });
  for (const { vmId, bootId } of due) {
    const vm = await db.vm.findUnique({ where: { id: vmId } });
    try {
      if (vm !== null && !(await thaw(deps, vm, bootId))) continue;
      await db.guestFreeze.deleteMany({ where: { vmId, bootId } });
    } catch (error) {
      log.error({ err: error, vmId }, "a guest could not be thawed at the end of its time");
    }
  }
}

/** False while nobody knows how the guest is. */
async function thaw({ db, hosts, clock }: ThawDeps, vm: Vm, bootId: string): Promise<boolean> {
  const host = hosts.get(vm.hostId);
  if (host?.connection !== "connected") return false;
  if (host.inventory.get(vm.uuid)?.bootId !== bootId) return true;
  await thawFilesystems(host, vm.uuid);
  await writeAudit(
    { db, clock, requestId: newId(), actor: timeLimit },
    {
      action: "vm.guest_thaw",
      outcome: "ok",
      projectId: vm.projectId,
      targetType: "vm",
      targetId: vm.id,
      targetName: vm.name,
    },
  );
  return true;
}
