"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { maxDefinitionChars } from "@/lib/model/definition";
import { defineVm } from "@/lib/services/vm/definition/define-vm";
import { planDefinition } from "@/lib/services/vm/definition/plan-definition";
import { revertPending } from "@/lib/services/vm/definition/revert-pending";

const vmId = z.string().min(1).max(40);
const asked = z.object({
  vmId,
  xml: z.string().max(maxDefinitionChars, "definition.too_large"),
  digest: z.string().max(64),
});

export const planDefinitionAction = action(asked, planDefinition);

export const defineVmAction = action(asked, defineVm);

export const revertPendingAction = action(z.object({ vmId }), revertPending);
