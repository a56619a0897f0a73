import type { DefinitionPlan } from "@/lib/model/definition";
import type { Context } from "../../context";
import { findVm } from "../find-vm";
import { type AskedDefinition, judgeDefinition, shownPlan } from "./judge-definition";

/**
 * What another definition would do, by the same plan that `defineDefinition` carries out; nothing
 * is changed. Throws `input.invalid`, `conflict.stale`, `vm.bad_state` and `host.*`.
 */
export async function planDefinition(
  ctx: Context,
  input: AskedDefinition,
): Promise<DefinitionPlan> {
  const row = await findVm(ctx, input.vmId, "vm.restore");
  const { plan, found } = await judgeDefinition(ctx, row, input);
  return shownPlan(ctx, plan, found);
}
