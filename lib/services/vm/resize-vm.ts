import { resizeVm as resizeOnHost } from "@/lib/hypervisor/vm/resize-vm";
import { AppError } from "@/lib/model/errors";
import { assertProjectQuota, usedBy } from "@/lib/model/quota";
import { planResize, type ResizePlan } from "@/lib/model/resize-plan";
import { kibToMib, mibToKib } from "@/lib/model/units";
import type { VmDetail, VmSizes } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

export interface ResizeVmInput {
  vmId: string;
  vcpus: number;
  memoryMib: number;
  /** What the page showed when the person decided. */
  seen: { live: VmSizes; next: VmSizes };
}

/**
 * Carries out the plan that the page showed, and returns the VM as it really is afterwards.
 * Throws `conflict.stale` when the sizes changed in the meantime, `quota.exceeded`, and
 * `vm.bad_state` when a line of the plan is refused; then nothing is changed.
 */
export async function resizeVm(ctx: Context, input: ResizeVmInput): Promise<VmDetail> {
  const row = await findVm(ctx, input.vmId, "vm.resize");
  const { host } = requireLive(ctx, row);
  const live = (await host.inventory.refresh(row.uuid)) ?? requireLive(ctx, row).live;
  if (!sameMachine(live.live, input.seen.live) || !same(live.next, input.seen.next)) {
    throw new AppError({ code: "conflict.stale", message: `sizes of ${row.id} have changed` });
  }
  const plan = planResize(live, input, host.view());
  if (!plan.possible) throw refused(plan);
  const asked = { vcpus: input.vcpus, memoryKib: mibToKib(input.memoryMib) };
  await reserve(ctx, row, asked);
  await audited(
    ctx,
    {
      action: "vm.resize",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { ...asked, vcpusBefore: live.live.vcpus, memoryKibBefore: live.live.memoryKib },
    },
    () => resizeOnHost(host, row.uuid, plan),
  ).catch(async (error: unknown) => {
    // What is not in force is not counted; the next look at libvirt shows what is.
    const before = { vcpus: row.vcpus, memoryKib: row.memoryKib };
    await ctx.db.vm.updateMany({ where: { id: row.id, ...asked }, data: before });
    throw error;
  });
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, { ...row, ...asked });
}

/** Counts and writes in one transaction, so that two resizes cannot both take the last room. */
async function reserve(
  ctx: Context,
  row: { id: string; projectId: string; vcpus: number; memoryKib: number },
  asked: { vcpus: number; memoryKib: number },
): Promise<void> {
  await ctx.db.$transaction(
    async (tx) => {
      const vms = await tx.vm.findMany({
        where: { projectId: row.projectId },
        select: { vcpus: true, memoryKib: true, disks: { select: { capacityBytes: true } } },
      });
      assertProjectQuota(usedBy(vms), {
        vms: 0,
        vcpus: asked.vcpus - row.vcpus,
        memoryMib: kibToMib(asked.memoryKib) - kibToMib(row.memoryKib),
        diskGib: 0,
      });
      await tx.vm.update({ where: { id: row.id }, data: asked });
    },
    { isolationLevel: "Serializable" },
  );
}

function refused(plan: ResizePlan): AppError {
  const line = plan.vcpus.when === "refused" ? plan.vcpus : plan.memory;
  return new AppError({
    code: "vm.bad_state",
    message: `resize refused: ${line.reasonKey}`,
    userMessage: { key: "vm.resize_refused" },
    details: { field: line.field, reasonKey: line.reasonKey, values: line.values },
  });
}

/** Without the balloon, which drifts by itself while a guest boots: nobody decided that. */
function sameMachine(a: VmSizes, b: VmSizes): boolean {
  return same({ ...a, memoryKib: 0 }, { ...b, memoryKib: 0 });
}

function same(a: VmSizes, b: VmSizes): boolean {
  return (
    a.vcpus === b.vcpus &&
    a.maxVcpus === b.maxVcpus &&
    a.memoryKib === b.memoryKib &&
    a.maxMemoryKib === b.maxMemoryKib
  );
}
