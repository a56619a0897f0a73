import { hostTopology } from "@/lib/hypervisor/host-topology";
import { pinVm as pinOnHost } from "@/lib/hypervisor/vm/pin-vm";
import { formatCpuSet } from "@/lib/model/cpu-set";
import { AppError } from "@/lib/model/errors";
import { planPin } from "@/lib/model/pin-plan";
import { cpusOf, type PinningView, type PinsAsked } from "@/lib/model/pinning";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";
import { pinningOf } from "./get-pinning";

/**
 * Binds vCPUs and the emulator of a VM to CPUs of its host, in the running guest and for every
 * start. For administrators. Throws `input.invalid` for a vCPU or CPU that there is not,
 * `vm.bad_state`, and `host.*` errors.
 */
export async function pinVm(
  ctx: Context,
  input: PinsAsked & { vmId: string },
): Promise<PinningView> {
  const { vmId, vcpus, emulator } = input;
  const row = await findVm(ctx, vmId, "vm.pin");
  const { host, live: known } = requireLive(ctx, row);
  const after = await audited(
    ctx,
    {
      action: "vm.pin",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { pins: textOf(input) },
    },
    async () => {
      const live = (await host.inventory.refresh(row.uuid)) ?? known;
      const all = cpusOf(await hostTopology(host));
      const { problem, invalid } = planPin(live, { vcpus, emulator }, all);
      if (problem === null) return pinOnHost(host, row.uuid, { vcpus, emulator }, all);
      throw new AppError({
        code: invalid ? "input.invalid" : "vm.bad_state",
        message: `binding ${row.domainName} is refused: ${problem.key}`,
        userMessage: problem,
      });
    },
  );
  return pinningOf(row, host, after);
}

/** "0=2 1=3 emulator=any". */
function textOf({ vcpus, emulator }: PinsAsked): string {
  const set = (cpus: number[] | null) => (cpus === null ? "any" : formatCpuSet(cpus));
  return [
    ...vcpus.map(({ vcpu, cpus }) => `${vcpu}=${set(cpus)}`),
    ...(emulator === undefined ? [] : [`emulator=${set(emulator)}`]),
  ].join(" ");
}
