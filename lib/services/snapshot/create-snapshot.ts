import { newId } from "@/lib/db/id";
import { planCreate } from "@/lib/model/snapshot-plan";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { snapshotCreate } from "@/lib/tasks/definitions/snapshot-create";
import { audited } from "../audited";
import type { Context } from "../context";
import { refuseFrozen } from "../freeze/refuse-frozen";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm } from "../vm/find-vm";
import { snapshotEntry } from "./audit-entry";
import { assertPossible } from "./refuse";
import { reserveSnapshot } from "./reserve-snapshot";
import { snapshotsNow } from "./snapshots-now";

export interface CreateSnapshotInput {
  vmId: string;
  name: string;
  description: string;
  /** Absent: with the guest's memory where that is possible. */
  memory?: boolean | undefined;
  quiesce?: boolean | undefined;
}

/**
 * Reserves a snapshot and enqueues its taking, by the plan that the page showed. Throws what that
 * plan refuses (`conflict.rule`, `conflict.exists`, `vm.bad_state`), `quota.exceeded` and
 * `host.unreachable`; nothing is left behind then.
 */
export async function createSnapshot(
  ctx: Context,
  input: CreateSnapshotInput,
): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.snapshot");
  const { name, description } = input;
  const entry = snapshotEntry("snapshot.create", row, { snapshot: name });
  const taskId = await audited(ctx, entry, async () => {
    const { live, set } = await snapshotsNow(ctx, row);
    const plan = planCreate(set, input);
    assertPossible(plan.problem);
    const { storage, memory, quiesce } = plan;
    const { id: vmId, hostId, uuid } = row;
    const there = set.snapshots.map((each) => each.name);
    const spec = { name, description, storage, memory, quiesce, suffix: newId() };
    return ctx.db.$transaction(
      async (tx) => {
        if (memory) await refuseFrozen(tx, vmId, live.bootId);
        await reserveSnapshot(tx, ctx, row, name, there);
        return enqueueVmTask(ctx, tx, row, {
          definition: snapshotCreate,
          input: { ...spec, vmId, hostId, uuid },
        });
      },
      { isolationLevel: "Serializable" },
    );
  });
  announceTask(taskId, row.projectId);
  return { taskId };
}
