import type { Db } from "@/lib/db/client";
import { can } from "@/lib/policies/can";
import { consoleCloses } from "./closes";
import type { ConsoleSessions } from "./sessions";

/**
 * Compares all open consoles with the database and ends those whose right is gone: session
 * revoked (by another portal too) or expired, user disabled, removed from the project or lowered
 * in it, VM deleted or moved. One query for each kind, however many consoles there are.
 */
export async function recheckConsoles(
  db: Pick<Db, "session" | "vm">,
  sessions: ConsoleSessions,
  now = new Date(),
): Promise<number> {
  const open = sessions.list();
  if (open.length === 0) return 0;
  const [alive, vms] = await Promise.all([
    db.session.findMany({
      where: {
        id: { in: unique(open.map((each) => each.sessionId)) },
        revokedAt: null,
        expiresAt: { gt: now },
        user: { disabledAt: null },
      },
      select: {
        id: true,
        user: {
          select: {
            isAdmin: true,
            isAuditor: true,
            memberships: { select: { projectId: true, role: true } },
          },
        },
      },
    }),
    db.vm.findMany({
      where: { id: { in: unique(open.map((each) => each.vmId)) } },
      select: { id: true, projectId: true },
    }),
  ]);
  const users = new Map(alive.map((each) => [each.id, each.user]));
  const projects = new Map(vms.map((each) => [each.id, each.projectId]));
  let cut = 0;
  for (const each of open) {
    const user = users.get(each.sessionId);
    const projectId = projects.get(each.vmId);
    if (user !== undefined && projectId !== undefined && can(user, "vm.console", projectId))
      continue;
    cut += sessions.cut({ id: each.id }, consoleCloses.accessEnded);
  }
  return cut;
}

function unique(ids: string[]): string[] {
  return [...new Set(ids)];
}
