import type { Db } from "@/lib/db/client";
import type { Prisma, Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import type { Mailer } from "@/lib/mail/mailer";
import { type LeaseStep, leaseNoticeDays, nextLeaseStep } from "@/lib/model/lease";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { vmEndLease } from "@/lib/tasks/definitions/vm-end-lease";
import { type AuditContext, writeAudit } from "../audit";
import { publish } from "../live/bus";
import { enqueueDeletion } from "../vm/enqueue-deletion";
import { mailLeaseNotice } from "./mail-lease-notice";

export interface LeaseDeps {
  db: Db;
  hosts: Hosts;
  mail: Mailer | null;
  log: Logger;
  clock: () => Date;
  /** How long a guest may take to shut down. */
  shutdownMs?: number;
}

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const shutdownMs = 5 * 60_000;
/** Who is said to have done it, in tasks and in the audit log. */
const lease = { userId: null, name: "lease", ip: "" };

/**
 * Does once what is to be done about every lease now: tell that it ends, shut the VM down, delete
 * it after the grace. Every step first takes its row, on the condition that nobody has changed
 * it: several portals do nothing twice, and an extension at the same moment wins or loses whole.
 */
export async function sweepLeases(deps: LeaseDeps): Promise<void> {
  const now = deps.clock();
  const near = new Date(now.getTime() + leaseNoticeDays * dayMs);
  const rows = await deps.db.vm.findMany({
    where: { lifecycle: "ready", leaseEndsAt: { not: null, lte: near } },
    orderBy: { leaseEndsAt: "asc" },
  });
  for (const row of rows) {
    const step = nextLeaseStep(row, now);
    if (step === null) continue;
    try {
      await doers[step](deps, row, now);
    } catch (error) {
      deps.log.error({ err: error, vmId: row.id, step }, "a lease could not be followed");
    }
  }
}

const doers: Record<LeaseStep, (deps: LeaseDeps, row: Vm, now: Date) => Promise<void>> = {
  notice: tell,
  stop: shutDown,
  delete: remove,
};

async function tell(deps: LeaseDeps, row: Vm, now: Date): Promise<void> {
  const taken = await deps.db.$transaction(async (tx) => {
    if (!(await take(tx, row, { leaseNoticedAt: now }))) return false;
    await writeAudit(
      { ...auditOf(deps), db: tx },
      { ...aboutLease(row), action: "vm.notice_lease", outcome: "ok" },
    );
    return true;
  });
  if (!taken) return;
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  await mailLeaseNotice(deps, row);
}

async function shutDown(deps: LeaseDeps, row: Vm, now: Date): Promise<void> {
  const { id: vmId, projectId, hostId, uuid, name } = row;
  const taskId = await deps.db.$transaction(async (tx) => {
    if (!(await take(tx, row, { leaseStoppedAt: now }))) return null;
    await writeAudit(
      { ...auditOf(deps), db: tx },
      { ...aboutLease(row), action: "vm.end_lease", outcome: "ok" },
    );
    return enqueueTask(tx, vmEndLease, {
      input: { vmId, hostId, uuid, waitMs: deps.shutdownMs ?? shutdownMs },
      projectId,
      hostId,
      targetId: vmId,
      targetName: name,
      actor: { userId: "", name: lease.name },
      now,
    });
  });
  if (taskId === null) return;
  publish({ type: "vm", projectId, vmId });
  announceTask(taskId, projectId);
}

/** Waits for a host that is away: until then somebody may still rescue the VM. */
async function remove(deps: LeaseDeps, row: Vm, now: Date): Promise<void> {
  if (deps.hosts.get(row.hostId)?.connection !== "connected") return;
  const { leaseEndsAt, leaseStoppedAt } = row;
  const taskId = await deps.db.$transaction(async (tx) => {
    // A deletion that has failed is not repeated every minute.
    const lately = { targetId: row.id, kind: "vm.delete" };
    const since = new Date(now.getTime() - hourMs);
    if ((await tx.task.count({ where: { ...lately, createdAt: { gt: since } } })) > 0) return null;
    return enqueueDeletion(tx, auditOf(deps), {
      vm: row,
      keepDisks: false,
      actor: { userId: "", name: lease.name },
      provided: { leaseEndsAt, leaseStoppedAt },
      detail: { leaseEndedAt: leaseEndsAt?.toISOString() ?? "" },
    });
  });
  if (taskId === null) return;
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  announceTask(taskId, row.projectId);
}

/** Leaves the step's time in the row; false when another portal or a person was faster. */
async function take(
  tx: Prisma.TransactionClient,
  { id, leaseEndsAt, leaseNoticedAt, leaseStoppedAt }: Vm,
  data: { leaseNoticedAt: Date } | { leaseStoppedAt: Date },
): Promise<boolean> {
  const taken = await tx.vm.updateMany({
    where: { id, lifecycle: "ready", leaseEndsAt, leaseNoticedAt, leaseStoppedAt },
    data,
  });
  return taken.count === 1;
}

function auditOf(deps: LeaseDeps): Omit<AuditContext, "db"> {
  return { clock: deps.clock, requestId: newId(), actor: lease };
}

function aboutLease(row: Vm) {
  return {
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
    detail: { endsAt: row.leaseEndsAt?.toISOString() ?? null },
  };
}
