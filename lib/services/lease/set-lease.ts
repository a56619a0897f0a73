import { z } from "zod";
import { AppError } from "@/lib/model/errors";
import { leaseEnd } from "@/lib/model/lease";
import { highestLeaseDays } from "@/lib/model/project-limits";
import type { VmView } from "@/lib/model/vm";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";
import { changeLease } from "./change-lease";

export const setLeaseSchema = z.object({
  vmId: z.string().min(1).max(40),
  /** ISO time with its offset; null: the VM stays until somebody deletes it. */
  endsAt: z.iso.datetime({ offset: true }).nullable(),
});

/**
 * Gives one VM another end, or none. Throws `input.invalid` for an end that is past or more than
 * ten years ahead, `conflict.stale`, and `vm.bad_state` once the VM is being deleted.
 */
export async function setLease(
  ctx: Context,
  input: z.output<typeof setLeaseSchema>,
): Promise<VmView> {
  const row = await findVm(ctx, input.vmId, "vm.set_lease");
  const now = ctx.clock();
  const endsAt = input.endsAt === null ? null : new Date(input.endsAt);
  const furthest = leaseEnd(highestLeaseDays, now);
  if (endsAt !== null && endsAt <= now) throw wrongEnd("lease.past");
  if (endsAt !== null && furthest !== null && endsAt > furthest) throw wrongEnd("lease.too_far");
  return changeLease(ctx, row, { action: "vm.set_lease", endsAt });
}

function wrongEnd(key: string): AppError {
  return new AppError({ code: "input.invalid", message: key, fields: { endsAt: { key } } });
}
