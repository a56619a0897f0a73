import type { Db } from "@/lib/db/client";
import type { Rights } from "@/lib/policies/actor";
import { can } from "@/lib/policies/can";
import { isOutside } from "@/lib/policies/is-outside";
import { rightsOfToken, sessionIdOfToken, tokenIdOfSession } from "@/lib/policies/token-rights";
import { consoleCloses } from "./closes";
import type { ConsoleSession, ConsoleSessions } from "./sessions";
import { openVisitsById, visitOfSession } from "./visit";

/**
 * Compares all open consoles with the database and ends those whose right is gone: session
 * revoked (by another portal too) or expired, user disabled, removed from the project or lowered
 * in it, VM deleted or moved, link taken back, too old or of somebody who may no longer give it.
 * One query for each kind, however many consoles there are.
 */
export async function recheckConsoles(
  db: Pick<Db, "session" | "apiToken" | "vm" | "consoleVisit" | "user">,
  sessions: ConsoleSessions,
  now = new Date(),
): Promise<number> {
  const open = sessions.list();
  if (open.length === 0) return 0;
  const sessionIds = unique(open.map((each) => each.sessionId));
  const [people, programs, visits, vms] = await Promise.all([
    rightsOfSessions(db, sessionIds, now),
    rightsOfTokens(db, sessionIds, now),
    openVisitsById(db, visitsOf(sessionIds), now),
    db.vm.findMany({
      where: { id: { in: unique(open.map((each) => each.vmId)) } },
      select: { id: true, projectId: true },
    }),
  ]);
  const rights = new Map([...people, ...programs]);
  const projects = new Map(vms.map((each) => [each.id, each.projectId]));
  const openVisits = new Set(visits.map((each) => each.id));
  let cut = 0;
  for (const each of open) {
    const visitId = visitOfSession(each.sessionId);
    const may =
      visitId === null
        ? mayLook(each, rights.get(each.sessionId), projects.get(each.vmId))
        : openVisits.has(visitId);
    if (!may) cut += sessions.cut({ id: each.id }, consoleCloses.accessEnded);
  }
  return cut;
}

function mayLook(
  { viewOnly }: ConsoleSession,
  user: Rights | undefined,
  projectId: string | undefined,
): boolean {
  if (user === undefined || projectId === undefined) return false;
  if (!can(user, "vm.console", projectId)) return false;
  // An administrator who has left the project watches only, by a console of that kind.
  return viewOnly || !isOutside(user, projectId);
}

function visitsOf(sessionIds: readonly string[]): string[] {
  return sessionIds.map(visitOfSession).filter((id) => id !== null);
}

const userSelect = {
  isAdmin: true,
  isAuditor: true,
  memberships: { select: { projectId: true, role: true } },
} as const;

type Found = [sessionId: string, rights: Rights][];

async function rightsOfSessions(
  db: Pick<Db, "session">,
  sessionIds: string[],
  now: Date,
): Promise<Found> {
  const rows = await db.session.findMany({
    where: {
      id: { in: sessionIds },
      revokedAt: null,
      expiresAt: { gt: now },
      user: { disabledAt: null },
    },
    select: { id: true, user: { select: userSelect } },
  });
  return rows.map((row) => [row.id, row.user]);
}

async function rightsOfTokens(
  db: Pick<Db, "apiToken">,
  sessionIds: string[],
  now: Date,
): Promise<Found> {
  const ids = sessionIds.map(tokenIdOfSession).filter((id) => id !== null);
  if (ids.length === 0) return [];
  const rows = await db.apiToken.findMany({
    where: {
      id: { in: ids },
      revokedAt: null,
      expiresAt: { gt: now },
      user: { disabledAt: null },
    },
    select: { id: true, projectId: true, scopes: true, user: { select: userSelect } },
  });
  return rows.map((row) => [sessionIdOfToken(row.id), rightsOfToken(row)]);
}

function unique(ids: string[]): string[] {
  return [...new Set(ids)];
}
