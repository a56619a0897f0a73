import type { ActionResult } from "@/lib/model/result";
import type { TransferPlan, TransferVmInput } from "@/lib/model/transfer";

/** What the page hands to the card that gives a VM to another project. */
export interface TransferTools {
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  plan: (input: {
    vmId: string;
    toProjectId: string | null;
  }) => Promise<ActionResult<TransferPlan>>;
  transfer: (
    input: TransferVmInput & { vmId: string },
  ) => Promise<ActionResult<{ taskId: string }>>;
}
