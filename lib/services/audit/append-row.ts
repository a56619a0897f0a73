import type { Prisma } from "@/lib/db/generated/client";
import { type ChainedRow, chainHash, genesisHash } from "./chain";
import { chainOlderRows } from "./chain-older-rows";

/** The only row of the table that holds the chain's end. */
export const headId = 1;

/**
 * Puts a row at the end of the chain, inside the given transaction. `at` is asked for once the
 * end is locked, so that times follow the order. Throws when the end is missing while rows are
 * there: somebody removed it, and nothing is written until that is looked into.
 *
 * By SQL, since every write of the portal waits for this: through Prisma's models it takes twice
 * the time.
 */
export async function appendRow(
  tx: Prisma.TransactionClient,
  row: Omit<ChainedRow, "seq" | "at">,
  at: () => Date,
): Promise<void> {
  const last = await takePlace(tx);
  const placed = { ...row, seq: last.seq + 1, at: at() };
  const hash = chainHash(last.hash, placed);
  await tx.$executeRaw`
    INSERT INTO "AuditEvent" ("id", "seq", "hash", "at", "actorId", "actorName", "tokenId", "ip",
      "action", "projectId", "targetType", "targetId", "targetName", "outcome", "detail",
      "requestId")
    VALUES (${placed.id}, ${placed.seq}, ${hash}, ${placed.at}, ${placed.actorId},
      ${placed.actorName}, ${placed.tokenId}, ${placed.ip}, ${placed.action}, ${placed.projectId},
      ${placed.targetType}, ${placed.targetId}, ${placed.targetName}, ${placed.outcome},
      ${placed.detail}, ${placed.requestId})`;
  await tx.$executeRaw`
    UPDATE "AuditHead" SET "seq" = ${placed.seq}, "hash" = ${hash} WHERE "id" = ${headId}`;
}

/** Locks the chain's end and returns it: the row that the next one follows. */
async function takePlace(tx: Prisma.TransactionClient): Promise<{ seq: number; hash: string }> {
  // A write and not a read: it keeps every other append waiting until this transaction ends.
  const [taken] = await tx.$queryRaw<{ seq: bigint; hash: string }[]>`
    INSERT INTO "AuditHead" ("id", "seq", "hash") VALUES (${headId}, 1, ${genesisHash})
    ON CONFLICT ("id") DO UPDATE SET "seq" = "seq" + 1
    RETURNING "seq", "hash"`;
  if (taken === undefined) throw new Error("the end of the audit log cannot be read");
  const seq = Number(taken.seq) - 1;
  return seq === 0 ? chainOlderRows(tx) : { seq, hash: taken.hash };
}
