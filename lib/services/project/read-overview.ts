import { endedTaskStates } from "@/lib/model/task";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";

const dayMs = 24 * 3_600_000;

export interface Overview {
  hosts: { connected: number; total: number };
  vms: number;
  /** Guests that run on hosts that can be reached. */
  running: number;
  projects: number;
  users: number;
  tasks: number;
  /** Refused accesses and sign-ins of the last 24 hours. */
  refused: number;
}

/**
 * The installation in figures. Throws `auth.forbidden` for everybody but administrators and
 * auditors.
 */
export async function readOverview(ctx: Context): Promise<Overview> {
  assertCan(ctx.actor, "host.read");
  assertCan(ctx.actor, "audit.read");
  const { db } = ctx;
  const hosts = ctx.hosts.list();
  const since = new Date(ctx.clock().getTime() - dayMs);
  const rows = await db.vm.findMany({ select: { hostId: true, uuid: true } });
  const [projects, users, tasks, refused] = await Promise.all([
    db.project.count(),
    db.user.count(),
    db.task.count({ where: { state: { notIn: [...endedTaskStates] } } }),
    db.auditEvent.count({ where: { outcome: "refused", at: { gte: since } } }),
  ]);
  const reached = new Map(
    hosts.filter((host) => host.connection === "connected").map((host) => [host.id, host]),
  );
  const running = rows.filter(
    ({ hostId, uuid }) => (reached.get(hostId)?.inventory.get(uuid)?.bootId ?? null) !== null,
  );
  return {
    hosts: { connected: reached.size, total: hosts.length },
    vms: rows.length,
    running: running.length,
    projects,
    users,
    tasks,
    refused,
  };
}
