import type { ChangedInRescue } from "@/lib/model/rescue";
import type { ActionResult } from "@/lib/model/result";
import type { VmView } from "@/lib/model/vm";

export type StartRescueAction = (input: {
  vmId: string;
  imageId: string;
}) => Promise<ActionResult<VmView>>;

/** What the pages hand to the banner of a VM that is in rescue. */
export interface EndRescueTools {
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  end: (input: { vmId: string; changed: ChangedInRescue }) => Promise<ActionResult<VmView>>;
}
