import type { Db } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";
import { rightsOfToken, scopesOfToken, sessionIdOfToken } from "@/lib/policies/token-rights";
import { Batch } from "@/lib/runtime/batch";
import { lacksRequiredFactor } from "./required-factor";
import { hashOfToken } from "./token-secret";

/** How stale "last used" may become, so that not every request writes a row. */
const touchMs = 60_000;

/**
 * Who acts with this token, or null. The rows decide, anew for every request: a token never may
 * more than its user may now, ends with his account, and opens nothing while its user lacks a
 * second factor that is required of him.
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
  const { id, user, projectId } = row;
  if (user.disabledAt !== null || (await lacksRequiredFactor(db, user))) return null;
  await touch(db, row, ip, now);
  return {
    ...rightsOfToken(row),
    userId: user.id,
    sessionId: sessionIdOfToken(id),
    email: user.email,
    // The maker of a project's token may have left long ago: what it does is not his doing.
    name: projectId === null ? user.name : row.name,
    ip,
    token: { id, name: row.name, scopes: scopesOfToken(row.scopes), projectId },
  };
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
      user: {
        include: {
          memberships: { select: { projectId: true, role: true } },
          _count: { select: { passkeys: true } },
        },
      },
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
