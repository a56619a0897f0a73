import type { Prisma } from "@/lib/db/generated/client";
import { chainHash, genesisHash } from "./chain";

const pageRows = 500;

/**
 * Gives the rows that were written before there was a chain their places in it, oldest first.
 * Called by the append that begins the chain; returns the end.
 */
export async function chainOlderRows(
  tx: Prisma.TransactionClient,
): Promise<{ seq: number; hash: string }> {
  let last = { seq: 0, hash: genesisHash };
  for (;;) {
    const rows = await tx.auditEvent.findMany({
      where: { seq: null },
      orderBy: [{ at: "asc" }, { id: "asc" }],
      take: pageRows,
    });
    for (const row of rows) {
      const seq = last.seq + 1;
      last = { seq, hash: chainHash(last.hash, { ...row, seq }) };
      await tx.auditEvent.update({ where: { id: row.id }, data: last });
    }
    if (rows.length < pageRows) return last;
  }
}
