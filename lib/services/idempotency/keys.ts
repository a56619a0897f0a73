import { createHash } from "node:crypto";
import type { Db } from "@/lib/db/client";

/** How long a key stands for its answer. */
export const keyLifeMs = 24 * 3_600_000;
/**
 * After this a request whose end was never written down is taken for dead: nothing that takes a
 * key works so long.
 */
const abandonedMs = 60_000;

type Doors = { db: Pick<Db, "idempotencyKey">; clock: () => Date };

export type Claim =
  /**
   * Nobody used the key: the work is the caller's, under this request id, by which it is found
   * again should the process die half-way.
   */
  | { state: "new"; requestId: string }
  /** A request with it died half-way: look first whether its work was done. */
  | { state: "abandoned"; requestId: string }
  | { state: "in_flight" }
  /** It stands for another request. */
  | { state: "other" }
  | { state: "answered"; status: number; body: string };

/**
 * Takes a key for this request, or says what it stands for. Of many requests at once one gets
 * `new`. Keys that have expired are removed on the way.
 */
export async function claimKey(
  { db, clock }: Doors,
  input: { id: string; requestHash: string },
): Promise<Claim> {
  const { id, requestHash } = input;
  const now = clock();
  await db.idempotencyKey.deleteMany({ where: { expiresAt: { lte: now } } });
  const row = { id, requestHash, createdAt: now, expiresAt: new Date(now.getTime() + keyLifeMs) };
  const made = await db.idempotencyKey.create({ data: row }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "P2002") return null;
    throw error;
  });
  if (made !== null) return { state: "new", requestId: requestIdOf(row) };
  const known = await db.idempotencyKey.findUnique({ where: { id } });
  if (known === null) return { state: "in_flight" };
  if (known.requestHash !== requestHash) return { state: "other" };
  if (known.status !== null) {
    return { state: "answered", status: known.status, body: known.body ?? "" };
  }
  // One of those that come after the death takes it over, by the time that it was begun.
  const before = new Date(now.getTime() - abandonedMs);
  const { count } = await db.idempotencyKey.updateMany({
    where: { id, status: null, createdAt: { lte: before } },
    data: { createdAt: now },
  });
  if (count === 0) return { state: "in_flight" };
  return { state: "abandoned", requestId: requestIdOf(known) };
}

/** The same for all who work for this use of the key, and for no later one. */
function requestIdOf({ id, expiresAt }: { id: string; expiresAt: Date }): string {
  const text = `${id} ${expiresAt.toISOString()}`;
  return createHash("sha256").update(text).digest("hex").slice(0, 20);
}

/** Keeps the answer, which everybody who asks with the key gets from now on. */
export async function keepAnswer(
  { db }: Pick<Doors, "db">,
  input: { id: string; status: number; body: string },
): Promise<void> {
  const { id, status, body } = input;
  await db.idempotencyKey.updateMany({ where: { id }, data: { status, body } });
}

/** Gives the key back: nothing was done, and the same request may be made again. */
export async function releaseKey({ db }: Pick<Doors, "db">, id: string): Promise<void> {
  await db.idempotencyKey.deleteMany({ where: { id, status: null } });
}
