import type { ActionResult } from "@/lib/model/result";
import type { VmView } from "@/lib/model/vm";

export type ExtendLeaseAction = (input: { vmId: string }) => Promise<ActionResult<VmView>>;

export type SetLeaseAction = (input: {
  vmId: string;
  endsAt: string | null;
}) => Promise<ActionResult<VmView>>;

/** What the page knows of leases besides the VM. */
export interface LeaseTerms {
  /** How long a lease of the project is; null: it gives none. */
  leaseDays: number | null;
  /** Why extending is not allowed; null when it is. */
  forbidden: string | null;
  extend: ExtendLeaseAction;
}
