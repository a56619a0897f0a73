import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import { askedByResize, assertQuota, type SizeRow } from "@/lib/model/quota";
import { planCreate, planRevert } from "@/lib/model/snapshot-plan";
import type { VmSizes } from "@/lib/model/vm";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { snapshotRevert } from "@/lib/tasks/definitions/snapshot-revert";
import { audited } from "../audited";
import type { Context } from "../context";
import { refuseFrozen } from "../freeze/refuse-frozen";
import { countQuota } from "../quota/count-quota";
import { enqueueVmTask } from "../vm/enqueue-vm-task";
import { findVm } from "../vm/find-vm";
import { endedByLease } from "../vm/to-vm-view";
import { snapshotEntry } from "./audit-entry";
import { assertPossible } from "./refuse";
import { reserveSnapshot } from "./reserve-snapshot";
import { snapshotsNow } from "./snapshots-now";

export interface RevertSnapshotInput {
  vmId: string;
  snapshot: string;
  /** Name of a snapshot that is taken of the present state first; null: none. */
  first: string | null;
  /** The snapshot's name, typed by a person; null from a program. */
  confirmName: string | null;
}

/**
 * Reserves and enqueues the way back to a snapshot, by the plan that the page showed. The VM gets
 * the sizes that it had then, so they are counted. Throws what the plan refuses (`not_found`,
 * `conflict.rule`, `vm.bad_state`), `vm.bad_state` when the guest would run although its lease has
 * ended, `input.invalid` for the wrong name, `quota.exceeded` and
 * `host.unreachable`; nothing is changed then.
 */
export async function revertSnapshot(
  ctx: Context,
  input: RevertSnapshotInput,
): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.snapshot");
  const { snapshot: name, first } = input;
  assertTyped(input);
  const entry = snapshotEntry("snapshot.revert", row, { snapshot: name, first });
  const taskId = await audited(ctx, entry, async () => {
    const { live, set } = await snapshotsNow(ctx, row);
    const plan = planRevert(set, name, live.next);
    assertPossible(plan.problem);
    const safety = first === null ? null : planCreate(set, { name: first });
    if (safety !== null) assertPossible(safety.problem);
    const { id: vmId, hostId, uuid, projectId } = row;
    const sizesAfter = sizesOf(plan.sizes ?? live.next);
    const there = set.snapshots.map((each) => each.name);
    return ctx.db.$transaction(
      async (tx) => {
        if (safety?.memory) await refuseFrozen(tx, vmId, live.bootId);
        if (first !== null) await reserveSnapshot(tx, ctx, row, first, there);
        const before = await tx.vm.findUniqueOrThrow({ where: { id: vmId } });
        if (plan.runs && endedByLease(before, "start")) throw ended(vmId);
        const quota = await countQuota(tx, ctx.hosts, projectId);
        assertQuota(quota, askedByResize(before, live, plan.sizes ?? live.next));
        const sizesBefore = sizesOf(before);
        await tx.vm.update({ where: { id: vmId }, data: larger(sizesBefore, sizesAfter) });
        return enqueueVmTask(ctx, tx, row, {
          definition: snapshotRevert,
          input: {
            ...{ vmId, hostId, uuid, name, sizesBefore, sizesAfter },
            storage: plan.storage === "external" ? "external" : "internal",
            ran: live.bootId !== null,
            runs: plan.runs,
            suffix: newId(),
            before: null,
            first:
              safety === null || first === null
                ? null
                : { ...safety, name: first, description: "", suffix: newId() },
          },
          stepsDone: 1,
        });
      },
      { isolationLevel: "Serializable" },
    );
  });
  announceTask(taskId, row.projectId);
  return { taskId };
}

/** Its memory would bring a guest back that has to stay off. */
function ended(vmId: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `${vmId} would run although its lease has ended`,
    userMessage: { key: "lease.ended" },
  });
}

function assertTyped({ confirmName, snapshot }: RevertSnapshotInput): void {
  if (confirmName === null || confirmName.normalize("NFC").trim() === snapshot) return;
  throw new AppError({
    code: "input.invalid",
    message: "the typed name is another",
    fields: { confirmName: { key: "field.confirm_snapshot" } },
  });
}

function sizesOf({ vcpus, memoryKib, maxMemoryKib }: SizeRow | VmSizes): SizeRow {
  return { vcpus, memoryKib, maxMemoryKib };
}

/** What counts while either may be true. */
function larger(a: SizeRow, b: SizeRow): SizeRow {
  return {
    vcpus: Math.max(a.vcpus, b.vcpus),
    memoryKib: Math.max(a.memoryKib, b.memoryKib),
    maxMemoryKib: Math.max(a.maxMemoryKib, b.maxMemoryKib),
  };
}
