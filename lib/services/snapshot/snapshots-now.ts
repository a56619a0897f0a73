import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import type { SnapshotSet } from "@/lib/model/snapshot";
import type { Context } from "../context";
import { assertNotCloned } from "../vm/clone/assert-not-cloned";
import { refuseHeld, requireLive } from "../vm/find-vm";
import { toSnapshotSet } from "./snapshot-set";

/**
 * What a verb plans by: the VM and its snapshots, asked of libvirt now. Throws `vm.bad_state`
 * while the VM is being made, cloned, deleted or in rescue, `host.unreachable`.
 */
export async function snapshotsNow(
  ctx: Context,
  row: Vm,
): Promise<{ host: Host; live: LiveVm; set: SnapshotSet }> {
  await assertNotCloned(ctx.db, row);
  refuseHeld(row);
  const { host, live: known } = requireLive(ctx, row, { evenSaved: true });
  const live = (await host.inventory.refresh(row.uuid)) ?? known;
  return { host, live, set: toSnapshotSet(row, live, host) };
}
