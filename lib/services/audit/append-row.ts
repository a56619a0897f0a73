import type { Prisma } from "@/lib/db/generated/client";
import { type ChainedRow, chainHash, genesisHash } from "./chain";
import { chainOlderRows } from "./chain-older-rows";

/** The only row of the table that holds the chain's end. */
export const headId = 1;

/**
 * Puts a row at the end of the chain, inside the given transaction. `at` is asked for once the
 * end is locked, so that times follow the order. Throws when the end is missing while rows are
 * there: somebody removed it, and nothing is written until that is looked into.
 */
export async function appendRow(
  tx: Prisma.TransactionClient,
  row: Omit<ChainedRow, "seq" | "at">,
  at: () => Date,
): Promise<void> {
  // A write and not a read: it keeps every other append waiting until this transaction ends.
  const taken = await tx.auditHead.upsert({
    where: { id: headId },
    create: { id: headId, seq: 1, hash: genesisHash },
    update: { seq: { increment: 1 } },
  });
  const last =
    taken.seq === 1 ? await chainOlderRows(tx) : { seq: taken.seq - 1, hash: taken.hash };
  const placed = { ...row, seq: last.seq + 1, at: at() };
  const hash = chainHash(last.hash, placed);
  await tx.auditEvent.create({ data: { ...placed, hash } });
  await tx.auditHead.update({ where: { id: headId }, data: { seq: placed.seq, hash } });
}
