import { hash, randomBytes } from "node:crypto";
import type { Prisma } from "@/lib/db/generated/client";
import { can } from "@/lib/policies/can";

type VisitDb = Pick<Prisma.TransactionClient, "consoleVisit" | "user">;

const prefix = "visit:";
/** Links that one browser can hold at a time; older ones are passed over. */
const mostVisits = 20;

/** A browser that came by a link which still holds. */
export interface OpenVisit {
  id: string;
  name: string;
  share: {
    id: string;
    name: string;
    createdByName: string;
    expiresAt: Date;
    vmId: string;
    projectId: string;
  };
}

/** Stands for the visit where others have a user and a session; no id of those has a colon. */
export function visitorKey(visitId: string): string {
  return `${prefix}${visitId}`;
}

/** The visit's id, or null for a session or a program. */
export function visitOfSession(sessionId: string): string | null {
  return sessionId.startsWith(prefix) ? sessionId.slice(prefix.length) : null;
}

/** A new secret for a link or for a visit: 32 random bytes, of which only the hash is stored. */
export function newVisitSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function hashOfVisitSecret(secret: string): string {
  return hash("sha256", secret, "base64url");
}

/** The visits that a browser's secrets stand for, of links that still hold. */
export async function openVisitsOf(
  db: VisitDb,
  secrets: readonly string[],
  now: Date,
): Promise<OpenVisit[]> {
  if (secrets.length === 0) return [];
  const hashes = secrets.slice(0, mostVisits).map(hashOfVisitSecret);
  return openVisits(db, { secretHash: { in: hashes } }, now);
}

/** Those of these visits whose links still hold. */
export async function openVisitsById(
  db: VisitDb,
  ids: readonly string[],
  now: Date,
): Promise<OpenVisit[]> {
  return ids.length === 0 ? [] : openVisits(db, { id: { in: [...ids] } }, now);
}

/**
 * A link holds until it is too old or taken back, while its VM is in the project that it was made
 * in and its maker may open that VM's console himself: no right outlives its giver's.
 */
async function openVisits(
  db: VisitDb,
  which: Prisma.ConsoleVisitWhereInput,
  now: Date,
): Promise<OpenVisit[]> {
  const rows = await db.consoleVisit.findMany({
    where: { ...which, share: openShare(now) },
    select: { id: true, name: true, share: { select: shareSelect } },
    orderBy: { createdAt: "desc" },
  });
  const makers = await makersWhoMay(
    db,
    rows.map(({ share }) => share),
  );
  return rows.filter(({ share }) => makers(share));
}

/** Neither too old nor taken back. */
export function openShare(now: Date): Prisma.ConsoleShareWhereInput {
  return { revokedAt: null, expiresAt: { gt: now } };
}

export const shareSelect = {
  id: true,
  name: true,
  createdById: true,
  createdByName: true,
  expiresAt: true,
  vmId: true,
  projectId: true,
  vm: { select: { projectId: true } },
} as const;

interface ShareRow {
  createdById: string;
  projectId: string;
  vm: { projectId: string };
}

/** Tells of links whether their maker may still give what they give. */
export async function makersWhoMay(
  db: Pick<VisitDb, "user">,
  shares: readonly ShareRow[],
): Promise<(share: ShareRow) => boolean> {
  const ids = [...new Set(shares.map((each) => each.createdById))];
  if (ids.length === 0) return () => false;
  const makers = await db.user.findMany({
    where: { id: { in: ids }, disabledAt: null },
    select: {
      id: true,
      isAdmin: true,
      isAuditor: true,
      memberships: { select: { projectId: true, role: true } },
    },
  });
  const byId = new Map(makers.map((each) => [each.id, each]));
  return ({ createdById, projectId, vm }) => {
    const maker = byId.get(createdById);
    return vm.projectId === projectId && maker !== undefined && can(maker, "vm.console", projectId);
  };
}
