import { AppError } from "@/lib/model/errors";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import type { Context } from "../context";
import { requireHost } from "../host/require-host";
import { publish } from "../live/bus";
import { assertNotCloned } from "./clone/assert-not-cloned";
import { enqueueDeletion } from "./enqueue-deletion";
import { findVm } from "./find-vm";
import { isLocked } from "./locked";
import { refuseLinked } from "./template/refuse-linked";

/**
 * Enqueues the deletion. `confirmName` must be the VM's name, or null from a program; disks stay as volumes when
 * `keepDisks`. Throws `input.invalid` for the wrong name, `vm.bad_state` while it is being made,
 * cloned or deleted, `host.unreachable` when its host is away, `conflict.rule` while it is locked, and for disks
 * that snapshots or linked clones lie on.
 */
export async function deleteVm(
  ctx: Context,
  input: { vmId: string; confirmName: string | null; keepDisks: boolean },
): Promise<{ taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.delete");
  if (row.locked) throw isLocked(row.id);
  const { confirmName } = input;
  if (confirmName !== null && confirmName.normalize("NFC").trim() !== row.name) {
    throw new AppError({
      code: "input.invalid",
      message: "the typed name is another",
      fields: { confirmName: { key: "field.confirm_name" } },
    });
  }
  const host = requireHost(ctx.hosts, row.hostId);
  const snapshots = host.inventory.get(row.uuid)?.snapshots ?? [];
  if (input.keepDisks && snapshots.some((each) => each.storage !== "internal")) {
    throw new AppError({
      code: "conflict.rule",
      message: "disks without what lies on top of them are not its data",
      userMessage: { key: "snapshot.keep_disks" },
    });
  }
  const { id: vmId, projectId } = row;
  const { keepDisks } = input;
  const taskId = await ctx.db.$transaction((tx) =>
    enqueueDeletion(tx, ctx, { vm: row, keepDisks, actor: ctx.actor }),
  );
  if (taskId === null) {
    // Somebody may have locked it since it was looked at.
    if ((await ctx.db.vm.count({ where: { id: vmId, locked: true } })) > 0) throw isLocked(vmId);
    await assertNotCloned(ctx.db, row);
    await refuseLinked(ctx.db, vmId);
    throw new AppError({
      code: "vm.bad_state",
      message: `vm ${vmId} is ${row.lifecycle}`,
      userMessage: { key: row.lifecycle === "creating" ? "vm.is_creating" : "vm.is_deleting" },
    });
  }
  publish({ type: "vm", projectId, vmId });
  announceTask(taskId, projectId);
  return { taskId };
}
