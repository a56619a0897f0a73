import { AppError } from "@/lib/model/errors";
import { type Extension, extensionOf } from "@/lib/model/lease";
import type { VmView } from "@/lib/model/vm";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";
import { changeLease } from "./change-lease";

/**
 * Extends a VM's lease to the project's whole length from now; within the grace it rescues the
 * VM. Throws `conflict.rule` where there is nothing to extend, `conflict.stale` when somebody
 * else was faster, `vm.bad_state` once the VM is being deleted.
 */
export async function extendLease(ctx: Context, input: { vmId: string }): Promise<VmView> {
  const row = await findVm(ctx, input.vmId, "vm.extend_lease");
  const project = await ctx.db.project.findUniqueOrThrow({
    where: { id: row.projectId },
    select: { leaseDays: true },
  });
  const extension = extensionOf(row.leaseEndsAt, project.leaseDays, ctx.clock());
  if (!extension.ok) throw notExtendable(row.id, extension);
  return changeLease(ctx, row, { action: "vm.extend_lease", endsAt: extension.endsAt });
}

function notExtendable(vmId: string, { reason }: Extract<Extension, { ok: false }>): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `the lease of ${vmId} cannot be extended: ${reason}`,
    userMessage: { key: `lease.${reason}` },
    details: { reason },
  });
}
