import { cpuChoices } from "@/lib/hypervisor/cpu-choices";
import { setCpu as setOnHost } from "@/lib/hypervisor/vm/set-cpu";
import type { CpuAsked } from "@/lib/model/cpu";
import { type CpuPlan, planCpu } from "@/lib/model/cpu-plan";
import { AppError } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/**
 * Maximum of vCPUs, topology and model of a VM from its next start on, by the plan that the page
 * showed. The quota counts vCPUs that a VM has, not those that it could have. Throws
 * `input.invalid` and `vm.bad_state` with the plan's reason, and `host.*` errors.
 */
export async function setCpu(ctx: Context, input: CpuAsked & { vmId: string }): Promise<VmDetail> {
  const { maxVcpus, sockets, cores, threads, model } = input;
  const row = await findVm(ctx, input.vmId, "vm.resize");
  const { host, live: known } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: "vm.set_cpu",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { maxVcpus, topology: `${sockets}:${cores}:${threads}`, model: model ?? null },
    },
    async () => {
      const live = (await host.inventory.refresh(row.uuid)) ?? known;
      const choices = await cpuChoices(host, live);
      const plan = planCpu(live, input, { cpuCount: host.view().cpuCount, choices });
      if (plan.problem !== null) throw refused(row.id, plan);
      if (plan.when !== "unchanged") await setOnHost(host, row.uuid, plan);
    },
  );
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, row);
}

function refused(vmId: string, { problem, invalid }: CpuPlan): AppError {
  return new AppError({
    code: invalid ? "input.invalid" : "vm.bad_state",
    message: `processors of ${vmId} are refused: ${problem?.key}`,
    ...(problem && { userMessage: problem }),
  });
}
