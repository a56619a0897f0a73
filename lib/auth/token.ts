import { type Db, versionOf } from "@/lib/db/client";
import type { Actor } from "@/lib/policies/actor";
import { rightsOfToken, scopesOfToken, sessionIdOfToken } from "@/lib/policies/token-rights";
import { Batch } from "@/lib/runtime/batch";
import { Remembered } from "@/lib/runtime/remembered";
import { lacksRequiredFactor } from "./required-factor";
import { hashOfToken } from "./token-secret";
import { noteTokenUse } from "./token-uses";

/** Tokens whose rows are kept at most. */
const mostKept = 10_000;

/**
 * Who acts with this token, or null. The rows decide, for every request as they are now: a token
 * never may more than its user may now, ends with his account, and opens nothing while its user
 * lacks a second factor that is required of him. Rows are read again when anything in the
 * database has changed, whoever changed it, and not before; what is known is told at once.
 */
export function actorOfToken(
  secret: string,
  ip: string,
  db: Db,
  now: Date = new Date(),
): Actor | null | Promise<Actor | null> {
  const tokenHash = hashOfToken(secret);
  if (tokenHash === null) return null;
  const { batch, kept } = doorsOf(db);
  const row = kept.ask(tokenHash, () => batch.ask(tokenHash));
  const judge = (known: Row | undefined) => actorNow(db, known, { ip, now });
  return row instanceof Promise ? row.then(judge) : judge(row);
}

function actorNow(
  db: Db,
  row: Row | undefined,
  { ip, now }: { ip: string; now: Date },
): Actor | null {
  if (row === undefined || row.revokedAt !== null || row.expiresAt <= now) return null;
  if (row.user.disabledAt !== null || row.lacksFactor) return null;
  noteTokenUse(db, row, { ip, now });
  // Mostly the same program from the same place.
  if (row.last?.ip !== ip) row.last = { ...row.actor, ip };
  return row.last;
}

function actorOf(row: Awaited<ReturnType<typeof rowsOf>>[number]): Omit<Actor, "ip"> {
  const { id, user, projectId } = row;
  return {
    ...rightsOfToken(row),
    userId: user.id,
    sessionId: sessionIdOfToken(id),
    email: user.email,
    // The maker of a project's token may have left long ago: what it does is not his doing.
    name: projectId === null ? user.name : row.name,
    token: { id, name: row.name, scopes: scopesOfToken(row.scopes), projectId },
  };
}

interface Doors {
  /** Requests that come at the same time are looked up together. */
  batch: Batch<Row>;
  kept: Remembered<Row>;
}

const doors = new WeakMap<Db, Doors>();

function doorsOf(db: Db): Doors {
  const known = doors.get(db);
  if (known) return known;
  const made = {
    batch: new Batch((hashes) => rowsByHash(db, hashes)),
    kept: new Remembered<Row>({ version: () => versionOf(db), most: mostKept }),
  };
  doors.set(db, made);
  return made;
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number] & {
  lacksFactor: boolean;
  actor: Omit<Actor, "ip">;
  /** As it acted last. */
  last: Actor | null;
};

async function rowsByHash(db: Db, hashes: string[]): Promise<Map<string, Row>> {
  const rows = await rowsOf(db, hashes);
  const whole = rows.map(async (row) => {
    const lacksFactor = await lacksRequiredFactor(db, row.user);
    return [row.tokenHash, { ...row, lacksFactor, actor: actorOf(row), last: null }] as const;
  });
  return new Map(await Promise.all(whole));
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
