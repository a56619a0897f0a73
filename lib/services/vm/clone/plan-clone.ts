import type { ClonePlan } from "@/lib/model/clone";
import type { Context } from "../../context";
import { countQuota } from "../../quota/count-quota";
import { findVm } from "../find-vm";
import { askedByClone, readSource } from "./read-source";

/**
 * What a clone of the VM would be, for the dialog that asks. Nothing is changed. Throws what
 * speaks against it, see `readSource`; that the quota is too small is told by the figures.
 */
export async function planClone(ctx: Context, input: { vmId: string }): Promise<ClonePlan> {
  const row = await findVm(ctx, input.vmId, "vm.clone");
  const { live, disks } = await readSource(ctx, row);
  return {
    domainName: live.domainName,
    disks: disks.map(({ row: { target }, ...disk }) => ({ target, ...disk })),
    nics: live.nextNics.length,
    firmware: live.firmware,
    vcpus: live.next.vcpus,
    memoryKib: live.next.memoryKib,
    asked: askedByClone(live, disks),
    quota: await countQuota(ctx.db, ctx.hosts, row.projectId),
  };
}
