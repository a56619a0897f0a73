import { AppError } from "@/lib/model/errors";
import type { TransferVmInput } from "@/lib/model/transfer";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { findProject } from "../../project/require-project";
import { nameTaken, refuseTaken } from "../name-taken";
import { findBoth } from "./find-both";
import { handOver } from "./hand-over";
import { readMoving } from "./read-moving";

/**
 * Gives a VM, with its disks, snapshots, backups and lease, to another project; the guest runs on.
 * The actor has to be an owner in both, or an administrator. Consoles and streams of people who are
 * not in that project end at once. Throws `not_found` for a project that the actor does not see,
 * `conflict.exists` for a name that it has already, `quota.exceeded` for what it cannot carry,
 * `conflict.rule` for the project that it is in and for what cannot go along, and `vm.bad_state`
 * while anything is at work on it. Nothing is moved then.
 */
export async function transferVm(
  ctx: Context,
  input: TransferVmInput & { vmId: string },
): Promise<{ taskId: string }> {
  const { vmId, toProjectId } = input;
  const { row, to } = await findBoth(ctx, vmId, toProjectId);
  const from = await findProject(ctx, row.projectId);
  const entry = {
    action: "vm.transfer",
    projectId: from.id,
    targetType: "vm",
    targetId: vmId,
    targetName: row.name,
    detail: { to: to.name, toId: to.id },
  } as const;
  const taskId = await audited(ctx, entry, async () => {
    if (to.id === from.id) {
      throw new AppError({
        code: "conflict.rule",
        message: `vm ${vmId} is in ${to.id} already`,
        userMessage: { key: "transfer.same" },
      });
    }
    await refuseTaken(ctx.db, to.id, row.name);
    const { live } = await readMoving(ctx, row);
    return ctx.db
      .$transaction((tx) => handOver(tx, ctx, { row, live, from, to }), {
        isolationLevel: "Serializable",
      })
      .catch((error: unknown) => {
        throw nameTaken(error, row.name);
      });
  });
  // Where it was: pages close, and consoles of who may not follow it.
  publish({ type: "vm.removed", projectId: from.id, vmId });
  publish({ type: "backup", projectId: from.id });
  publish({ type: "vm", projectId: to.id, vmId });
  publish({ type: "backup", projectId: to.id });
  announceTask(taskId, to.id);
  return { taskId };
}
