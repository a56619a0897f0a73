import type { ClonePlan, CloneVmInput } from "@/lib/model/clone";
import type { ActionResult } from "@/lib/model/result";

/** What the pages hand to the menus and buttons that clone a VM. */
export interface CloneTools {
  /** Of the project that the VMs are in. */
  slug: string;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  plan: (input: { vmId: string }) => Promise<ActionResult<ClonePlan>>;
  clone: (
    input: CloneVmInput & { vmId: string },
  ) => Promise<ActionResult<{ vmId: string; taskId: string }>>;
}
