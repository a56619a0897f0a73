import type { Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { CloneVmInput } from "@/lib/model/clone";
import { AppError } from "@/lib/model/errors";
import { assertQuota } from "@/lib/model/quota";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { countQuota } from "../../quota/count-quota";
import { assertFewRewritings } from "../../volume/assert-few-rewritings";
import { findVm } from "../find-vm";
import { nameTaken, refuseTaken } from "../name-taken";
import { draftClone } from "./draft-clone";
import { askedByClone, readSource, requireOff } from "./read-source";
import { reserveClone } from "./reserve-clone";

/**
 * Reserves name, quota and ids of a VM like another one that is off, and enqueues its making.
 * Throws `conflict.exists` for a name that the project has already, `quota.exceeded` for what the
 * project or the pool cannot carry, and what speaks against it, see `readSource`; nothing is left
 * behind then.
 */
export async function cloneVm(
  ctx: Context,
  input: CloneVmInput & { vmId: string },
): Promise<{ vmId: string; taskId: string }> {
  const row = await findVm(ctx, input.vmId, "vm.clone");
  const { projectId, hostId } = row;
  const name = input.name.normalize("NFC");
  const vmId = newId();
  const entry = {
    action: "vm.clone",
    projectId,
    targetType: "vm",
    targetId: vmId,
    targetName: name,
    detail: { from: row.name, fromId: row.id },
  } as const;
  const taskId = await audited(ctx, entry, async () => {
    // What the rows say already is said before the host is asked.
    const { live } = requireOff(ctx, row);
    await refuseTaken(ctx.db, projectId, name);
    if (input.linked) assertTemplate(row);
    else await assertFewRewritings(ctx.db, hostId);
    const known = await ctx.db.disk.findMany({ where: { vmId: row.id } });
    assertQuota(await countQuota(ctx.db, ctx.hosts, projectId), askedByClone(live, known));
    const source = await readSource(ctx, row);
    const task = draftClone(row, source, { ...input, vmId, name });
    return ctx.db
      .$transaction((tx) => reserveClone(tx, ctx, { row, source, task }), {
        isolationLevel: "Serializable",
      })
      .catch((error: unknown) => {
        throw nameTaken(error, name);
      });
  });
  publish({ type: "vm", projectId, vmId });
  announceTask(taskId, projectId);
  return { vmId, taskId };
}

/** Only a template's disks stay as they are. */
function assertTemplate({ id, isTemplate }: Vm): void {
  if (isTemplate) return;
  throw new AppError({
    code: "conflict.rule",
    message: `vm ${id} is no template`,
    userMessage: { key: "clone.no_template" },
  });
}
