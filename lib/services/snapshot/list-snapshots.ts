import type { SnapshotSet } from "@/lib/model/snapshot";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";
import { toSnapshotSet } from "./snapshot-set";

/**
 * A VM's snapshots as its host has them, whoever took them, with what plans need of the VM. While
 * the host is away it is what was known last. Throws `not_found`.
 */
export async function listSnapshots(ctx: Context, input: { vmId: string }): Promise<SnapshotSet> {
  const row = await findVm(ctx, input.vmId, "vm.read");
  const host = ctx.hosts.get(row.hostId);
  return toSnapshotSet(row, host?.inventory.get(row.uuid) ?? null, host);
}
