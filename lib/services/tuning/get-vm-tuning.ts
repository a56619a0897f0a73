import type { Vm } from "@/lib/db/generated/client";
import { readHugePages } from "@/lib/hypervisor/tuning/huge-pages";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { readTuned } from "@/lib/hypervisor/vm/tune-vm";
import { pagesOf, type VmTuning } from "@/lib/model/tuning";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";

/**
 * Where a VM's memory comes from and which threads serve its disks, beside what its host has: for
 * administrators and auditors. Throws `vm.bad_state` while it is being made or deleted, and `host.*`.
 */
export async function getVmTuning(ctx: Context, input: { vmId: string }): Promise<VmTuning> {
  const row = await findVm(ctx, input.vmId, "vm.process");
  const { host, live } = requireLive(ctx, row, { evenSaved: true });
  return vmTuningOf(row, host, live);
}

/** The same of a VM that is looked at already. */
export async function vmTuningOf(row: Vm, host: Host, live: LiveVm): Promise<VmTuning> {
  const [tuned, cells] = await Promise.all([readTuned(host, row.uuid), readHugePages(host)]);
  return { vmId: row.id, ...tuned, pages: pagesOf(live.next.maxMemoryKib), cells };
}
