import type { Prisma, Vm } from "@/lib/db/generated/client";
import { setOwner } from "@/lib/hypervisor/vm/set-owner";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { assertNotCloned } from "../vm/clone/assert-not-cloned";
import { findVm, refuseHeld, requireLive } from "../vm/find-vm";
import { refuseOnTop } from "../vm/template/refuse-on-top";

/**
 * Lets go of a VM: its rows and the owner in its metadata go, the domain, its disks and its
 * snapshots stay as they are, and a guest that runs runs on. Backups stay the project's. For
 * administrators. Throws `vm.bad_state` while something is at work on it, its file systems are
 * frozen or it is in rescue, whose way back would go with the rows, and `host.*` errors; then it is the project's as before.
 */
export async function releaseVm(ctx: Context, input: { vmId: string }): Promise<void> {
  const row = await findVm(ctx, input.vmId, "vm.adopt");
  const { id: vmId, projectId, uuid } = row;
  const entry = {
    action: "vm.release",
    projectId,
    targetType: "vm",
    targetId: vmId,
    targetName: row.name,
    detail: { hostId: row.hostId, uuid, domainName: row.domainName },
  } as const;
  await audited(ctx, entry, async () => {
    const { host } = requireLive(ctx, row, { evenSaved: true });
    await assertAtRest(ctx.db, row);
    await setOwner(host, uuid, null);
    try {
      await ctx.db.$transaction((tx) => forget(tx, row), { isolationLevel: "Serializable" });
    } catch (error) {
      await setOwner(host, uuid, { vmId, projectId });
      throw error;
    }
  });
  publish({ type: "vm", projectId, vmId });
  publish({ type: "disk", projectId });
}

/** Looked at once more: something may have begun since. */
async function forget(tx: Prisma.TransactionClient, row: Vm): Promise<void> {
  await assertAtRest(tx, row);
  await tx.disk.deleteMany({ where: { vmId: row.id } });
  await tx.vm.delete({ where: { id: row.id } });
}

async function assertAtRest(
  tx: Pick<Prisma.TransactionClient, "task" | "guestFreeze" | "vm" | "disk">,
  row: Vm,
): Promise<void> {
  refuseHeld(await tx.vm.findUniqueOrThrow({ where: { id: row.id } }));
  await refuseOnTop(tx, row.id);
  await assertNotCloned(tx, row);
  const state = { notIn: [...endedTaskStates] };
  const busy = (await tx.task.count({ where: { targetId: row.id, state } })) > 0;
  const frozen = (await tx.guestFreeze.count({ where: { vmId: row.id } })) > 0;
  if (!busy && !frozen) return;
  throw new AppError({
    code: "vm.bad_state",
    message: `${row.id} is ${busy ? "being worked on" : "frozen"}`,
    userMessage: { key: busy ? "adopt.busy" : "adopt.frozen" },
  });
}
