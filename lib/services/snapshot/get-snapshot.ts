import { notFound } from "@/lib/model/errors";
import type { SnapshotView } from "@/lib/model/snapshot";
import type { Context } from "../context";
import { listSnapshots } from "./list-snapshots";

/** One snapshot of a VM. Throws `not_found`. */
export async function getSnapshot(
  ctx: Context,
  input: { vmId: string; snapshot: string },
): Promise<SnapshotView> {
  const { snapshots } = await listSnapshots(ctx, input);
  const found = snapshots.find((each) => each.name === input.snapshot);
  if (!found) throw notFound(`snapshot ${input.snapshot}`);
  return found;
}
