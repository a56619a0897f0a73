import type { Prisma, Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { setAutostart } from "@/lib/hypervisor/vm/set-autostart";
import { AppError } from "@/lib/model/errors";
import { endedTaskStates } from "@/lib/model/task";
import type { VmView } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { assertNotCloned } from "../clone/assert-not-cloned";
import { findVm, refuseHeld, refuseSaved, requireLive } from "../find-vm";
import { toVmView } from "../to-vm-view";
import { refuseLinked } from "./refuse-linked";

/**
 * Makes a VM a template, which does not start and is not changed, or a VM again. Throws
 * `vm.bad_state` unless it is off and at rest, `conflict.rule` while it has snapshots, or, on the
 * way back, linked clones with their names, and `host.*` errors; then it is as before.
 */
export async function setTemplate(
  ctx: Context,
  input: { vmId: string; template: boolean },
): Promise<VmView> {
  const row = await findVm(ctx, input.vmId, "vm.template");
  const { id: vmId, projectId, name: targetName } = row;
  const { template } = input;
  const { host, live: shown } = requireLive(ctx, row, { evenSaved: true });
  if (row.isTemplate === template) return toVmView(row, shown, host);
  const live = (await host.inventory.refresh(row.uuid)) ?? shown;
  const action = template ? "vm.to_template" : "vm.from_template";
  return audited(
    ctx,
    { action, projectId, targetType: "vm", targetId: vmId, targetName },
    async () => {
      const after = template
        ? await become(ctx, host, { row, live })
        : await ctx.db.$transaction((tx) => leave(tx, row), { isolationLevel: "Serializable" });
      publish({ type: "vm", projectId, vmId });
      return toVmView(after, host.inventory.get(row.uuid) ?? live, host);
    },
  );
}

async function become(
  ctx: Context,
  host: Host,
  { row, live }: { row: Vm; live: LiveVm },
): Promise<Vm> {
  refuseHeld(row);
  refuseSaved(live);
  assertOff(row, live);
  if (live.snapshots.length > 0) throw refusal(row, "conflict.rule", "template.has_snapshots");
  // Before it is one: the host would start it by itself.
  if (live.autostart) await setAutostart(host, row.uuid, false);
  let isMarked = false;
  try {
    const after = await ctx.db.$transaction((tx) => mark(tx, row), {
      isolationLevel: "Serializable",
    });
    isMarked = true;
    // A start that was asked for before may have come in between.
    assertOff(row, await host.inventory.refresh(row.uuid));
    await ctx.db.startOrder.deleteMany({ where: { vmId: row.id } });
    return after;
  } catch (error) {
    if (isMarked) {
      await ctx.db.vm.updateMany({ where: { id: row.id }, data: { isTemplate: false } });
    }
    if (live.autostart) await setAutostart(host, row.uuid, true);
    throw error;
  }
}

async function mark(tx: Prisma.TransactionClient, row: Vm): Promise<Vm> {
  await assertNotCloned(tx, row);
  const { id, projectId } = row;
  const state = { notIn: [...endedTaskStates] };
  const open = await tx.task.count({ where: { targetId: id, state } });
  const busy = await tx.disk.count({ where: { vmId: id, state: { not: "ready" } } });
  const marked = await tx.vm.updateMany({
    where: { id, projectId, lifecycle: "ready", rescuedAt: null },
    data: { isTemplate: true },
  });
  if (open + busy > 0 || marked.count === 0) throw refusal(row, "vm.bad_state", "template.busy");
  return tx.vm.findUniqueOrThrow({ where: { id } });
}

async function leave(tx: Prisma.TransactionClient, row: Vm): Promise<Vm> {
  await assertNotCloned(tx, row);
  await refuseLinked(tx, row.id);
  const { id, projectId } = row;
  const left = await tx.vm.updateMany({
    where: { id, projectId, lifecycle: "ready" },
    data: { isTemplate: false },
  });
  if (left.count === 0) throw refusal(row, "vm.bad_state", "vm.is_deleting");
  return tx.vm.findUniqueOrThrow({ where: { id } });
}

function assertOff(row: Vm, live: LiveVm | null): void {
  if (live !== null && isOff(live.state)) return;
  throw refusal(row, "vm.bad_state", "template.not_off");
}

function refusal({ id }: Vm, code: "vm.bad_state" | "conflict.rule", key: string): AppError {
  return new AppError({
    code,
    message: `vm ${id} is not made another: ${key}`,
    userMessage: { key },
  });
}
