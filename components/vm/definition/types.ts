import type { DefinitionPlan, DefinitionView } from "@/lib/model/definition";
import type { ActionResult } from "@/lib/model/result";

interface Asked {
  vmId: string;
  xml: string;
  digest: string;
}

export interface DefinitionActions {
  plan(input: Asked): Promise<ActionResult<DefinitionPlan>>;
  define(input: Asked): Promise<ActionResult<DefinitionView>>;
  revert(input: { vmId: string }): Promise<ActionResult<DefinitionView>>;
}

/** Why the person may not; null when he may. */
export interface DefinitionReasons {
  restore: string | null;
  edit: string | null;
  revert: string | null;
}
