import type { Prisma, Vm } from "@/lib/db/generated/client";
import { askedBySnapshot, assertQuota } from "@/lib/model/quota";
import { countProblem, type Problem } from "@/lib/model/snapshot-plan";
import type { Context } from "../context";
import { countQuota } from "../quota/count-quota";
import { comingSnapshots } from "./coming-snapshots";
import { assertPossible } from "./refuse";

/**
 * Counts one more snapshot of the VM, in the caller's serialisable transaction, which must write
 * the task that takes it: that task is the reservation. `there` are the names of those that the VM
 * has. Throws `quota.exceeded`, `conflict.exists`, and `conflict.rule` at the limit of the VM.
 */
export async function reserveSnapshot(
  tx: Prisma.TransactionClient,
  ctx: Context,
  row: Vm,
  name: string,
  there: readonly string[],
): Promise<void> {
  const all = await comingSnapshots(tx, { targetId: row.id });
  const coming = (all.get(row.id) ?? []).filter((each) => !there.includes(each));
  const taken: Problem = { key: "snapshot.name_taken", values: { name } };
  assertPossible(coming.includes(name) ? taken : countProblem(there, coming.length));
  assertQuota(await countQuota(tx, ctx.hosts, row.projectId), askedBySnapshot);
}
