import { planDelete } from "@/lib/model/snapshot-plan";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { snapshotDelete } from "@/lib/tasks/definitions/snapshot-delete";
import { audited } from "../audited";
import type { Context } from "../context";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm } from "../vm/find-vm";
import { snapshotEntry } from "./audit-entry";
import { assertPossible } from "./refuse";
import { snapshotsNow } from "./snapshots-now";

/**
 * Enqueues the deletion of a snapshot, alone or with all that grew out of it; the VM stays as it
 * is. Throws what the plan refuses (`not_found`, `conflict.rule`, `vm.bad_state`) and
 * `host.unreachable`.
 */
export async function deleteSnapshot(
  ctx: Context,
  input: { vmId: string; snapshot: string; children: boolean },
): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.snapshot");
  const { snapshot: name, children } = input;
  const entry = snapshotEntry("snapshot.delete", row, { snapshot: name, children });
  const taskId = await audited(ctx, entry, async () => {
    const { set } = await snapshotsNow(ctx, row);
    assertPossible(planDelete(set, name, children).problem);
    const { id: vmId, hostId, uuid } = row;
    return ctx.db.$transaction((tx) =>
      enqueueVmTask(ctx, tx, row, {
        definition: snapshotDelete,
        input: { vmId, hostId, uuid, name, children },
      }),
    );
  });
  announceTask(taskId, row.projectId);
  return { taskId };
}
