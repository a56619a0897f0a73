import type { AdoptionInput, AdoptionPlan } from "@/lib/model/adoption";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { judgeAdoption } from "./judge-adoption";

/**
 * What an adoption would do and what speaks against it, by the same rules that `adoptVm` refuses
 * by; nothing is changed. For administrators. Throws what `judgeAdoption` throws.
 */
export async function planAdoption(ctx: Context, input: AdoptionInput): Promise<AdoptionPlan> {
  await requireProject(ctx, input.projectId, "vm.adopt");
  return (await judgeAdoption(ctx, input)).plan;
}
