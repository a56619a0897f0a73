import { cpuChoices } from "@/lib/hypervisor/cpu-choices";
import type { CpuChoices, CpuView } from "@/lib/model/cpu";
import type { Context } from "../context";
import { findVm, requireLive } from "./find-vm";

/** A VM's processors, and what its host can give it. */
export interface VmCpu extends CpuView {
  vmId: string;
  maxVcpus: number;
  choices: CpuChoices;
}

/**
 * Topology and model of a VM's processors, and those that its host has to choose from. Throws
 * `vm.bad_state` while it is being made or deleted, and `host.*` errors.
 */
export async function getCpu(ctx: Context, input: { vmId: string }): Promise<VmCpu> {
  const row = await findVm(ctx, input.vmId, "vm.read");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  const choices = await cpuChoices(host, live);
  return { vmId: row.id, ...live.cpu, maxVcpus: live.next.maxVcpus, choices };
}
