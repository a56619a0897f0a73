import type { Db } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";
import { type TokenScope, tokenScopes } from "@/lib/policies/permissions";
import { Batch } from "@/lib/runtime/batch";
import { hashOfToken } from "./token-secret";

/** How stale "last used" may become, so that not every request writes a row. */
const touchMs = 60_000;

/** What stands in an actor's `sessionId` for a token: consoles and uploads are cut by it. */
export function sessionIdOfToken(tokenId: string): string {
  return `token:${tokenId}`;
}

/** Id of the token behind such a session id; null for a person's session. */
export function tokenIdOfSession(sessionId: string): string | null {
  return sessionId.startsWith("token:") ? sessionId.slice("token:".length) : null;
}

/** The scopes that a row lists; what this version does not know gives nothing. */
export function scopesOfRow(scopes: string): TokenScope[] {
  const listed: unknown = JSON.parse(scopes);
  return Array.isArray(listed) ? tokenScopes.filter((each) => listed.includes(each)) : [];
}

/**
 * Who acts with this token, or null. The rows decide, anew for every request: a token never may
 * more than its user may now, and ends with his account. A project's token acts as an owner of
 * that project alone, whatever its maker may elsewhere.
 */
export async function actorOfToken(
  secret: string,
  ip: string,
  db: Db,
  now: Date = new Date(),
): Promise<Actor | null> {
  const tokenHash = hashOfToken(secret);
  if (tokenHash === null) return null;
  const row = await batchOf(db).ask(tokenHash);
  if (row === undefined || row.revokedAt !== null || row.expiresAt <= now) return null;
  const { user, projectId } = row;
  if (user.disabledAt !== null) return null;
  await touch(db, row, ip, now);
  const token = { id: row.id, name: row.name, scopes: scopesOfRow(row.scopes), projectId };
  const common = {
    userId: user.id,
    sessionId: sessionIdOfToken(row.id),
    email: user.email,
    ip,
    token,
  };
  if (projectId !== null) {
    const memberships = [{ projectId, role: "owner" as const }];
    // Its maker may have left the project long ago: what it does is not his doing.
    return { ...common, name: row.name, isAdmin: false, isAuditor: false, memberships };
  }
  const { name, isAdmin, isAuditor, memberships } = user;
  return { ...common, name, isAdmin, isAuditor, memberships };
}

type Row = NonNullable<Awaited<ReturnType<typeof rowsOf>>[number]>;

const batches = new WeakMap<Db, Batch<Row>>();

/** Requests that come at the same time are looked up together. */
function batchOf(db: Db): Batch<Row> {
  const known = batches.get(db);
  if (known) return known;
  const made = new Batch<Row>(async (hashes) => {
    const rows = await rowsOf(db, hashes);
    return new Map(rows.map((row) => [row.tokenHash, row]));
  });
  batches.set(db, made);
  return made;
}

function rowsOf(db: Db, hashes: string[]) {
  return db.apiToken.findMany({
    where: { tokenHash: { in: hashes } },
    include: {
      user: { include: { memberships: { select: { projectId: true, role: true } } } },
    },
  });
}

const touched = new WeakMap<Db, Map<string, number>>();

async function touch(db: Db, row: Row, ip: string, now: Date): Promise<void> {
  const times = touched.get(db) ?? new Map<string, number>();
  touched.set(db, times);
  const last = Math.max(row.lastUsedAt?.getTime() ?? 0, times.get(row.id) ?? 0);
  if (now.getTime() - last <= touchMs) return;
  // Before the write, so that requests at the same time do not write too.
  times.set(row.id, now.getTime());
  await db.apiToken.updateMany({
    where: { id: row.id },
    data: { lastUsedAt: now, lastUsedIp: ip },
  });
}
