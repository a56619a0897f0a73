import { resizeVm as resizeOnHost } from "@/lib/hypervisor/vm/resize-vm";
import { AppError } from "@/lib/model/errors";
import { planResize, type ResizePlan } from "@/lib/model/resize-plan";
import type { VmDetail, VmSizes } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";
import { reserveSizes } from "./reserve-sizes";

export interface ResizeVmInput {
  vmId: string;
  vcpus: number;
  memoryMib: number;
  /** Absent: as it is. */
  roomToGrow?: boolean | undefined;
  /** Whether the next start has places for memory modules; absent: as it is. */
  memoryModules?: boolean | undefined;
  /** What was shown when it was decided; a program need not have looked. */
  seen?: { live: VmSizes; next: VmSizes };
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
  const { seen } = input;
  if (seen && !(sameMachine(live.live, seen.live) && same(live.next, seen.next))) {
    throw new AppError({ code: "conflict.stale", message: `sizes of ${row.id} have changed` });
  }
  const plan = planResize(live, input, host.view());
  if (!plan.possible) throw refused(plan);
  const { vcpus, memoryKib, maxMemoryKib } = plan.next;
  const giveBack = await reserveSizes(ctx, row, live, plan.next);
  await audited(
    ctx,
    {
      action: "vm.resize",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: {
        vcpus,
        memoryKib,
        vcpusBefore: live.live.vcpus,
        memoryKibBefore: live.live.memoryKib,
      },
    },
    () => resizeOnHost(host, row.uuid, plan),
  ).catch(async (error: unknown) => {
    // What is not in force is not counted; the next look at libvirt shows what is.
    await giveBack();
    throw error;
  });
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, { ...row, vcpus, memoryKib, maxMemoryKib });
}

function refused(plan: ResizePlan): AppError {
  const lines = [plan.vcpus, plan.memory, plan.modules];
  const line = lines.find(({ when }) => when === "refused") ?? plan.memory;
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
