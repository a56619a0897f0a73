import type { AdoptionInput, AdoptionPlan } from "@/lib/model/adoption";
import type { ActionResult } from "@/lib/model/result";
import type { VmView } from "@/lib/model/vm";

/** What the page of all VMs gives its dialog. */
export interface AdoptionTools {
  projects: { id: string; slug: string; name: string }[];
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  plan: (input: AdoptionInput) => Promise<ActionResult<AdoptionPlan>>;
  adopt: (input: AdoptionInput) => Promise<ActionResult<VmView>>;
}
