import { redefineVm } from "@/lib/hypervisor/vm/redefine-vm";
import type { PlannedDomain } from "@/lib/hypervisor/xml/definition/plan-definition";
import { type DefinitionView, refusalMessage } from "@/lib/model/definition";
import { AppError } from "@/lib/model/errors";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { assertProvedRecently } from "../../factor/assert-proved";
import { publish } from "../../live/bus";
import { findVm, refuseHeld, refuseSaved } from "../find-vm";
import { reserveSizes } from "../reserve-sizes";
import { definitionOf } from "./get-definition";
import { type AskedDefinition, judgeDefinition } from "./judge-definition";
import { takeWords } from "./take-words";

/**
 * Carries out the plan of `planDefinition` and returns the definitions as they are afterwards.
 * Throws `conflict.stale`, `input.invalid` when something stands against it, `vm.bad_state` while its
 * memory is saved or it is in rescue, `quota.exceeded`, `conflict.exists` for another VM's name, and
 * `auth.forbidden` when an administrator has to prove who he is, because it holds what Portico
 * does not make; then nothing is changed.
 */
export async function defineVm(ctx: Context, input: AskedDefinition): Promise<DefinitionView> {
  const row = await findVm(ctx, input.vmId, "vm.restore");
  const entry: Parameters<typeof audited>[1] = {
    action: "vm.define",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
  };
  await audited(ctx, entry, async () => {
    const { plan, found } = await judgeDefinition(ctx, row, input);
    entry.detail = factsOf(plan);
    refuseHeld(row);
    refuseSaved(found.live);
    assertPossible(plan);
    if (plan.needsProof) await assertProvedRecently(ctx);
    if (!plan.changed) return;
    const giveBack = await reserveSizes(ctx, row, found.live, plan.next);
    let takeBack = async (): Promise<void> => undefined;
    try {
      takeBack = await takeWords(ctx, row, { current: found.next.root, domain: plan.domain });
      await redefineVm(found.host, row.uuid, plan);
    } catch (error) {
      await takeBack();
      // What is not in force is not counted; the next look at libvirt shows what is.
      await giveBack();
      throw error;
    }
  });
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return definitionOf(ctx, row);
}

/** Names of what changes, never values: a definition may hold a password. */
function factsOf(plan: PlannedDomain): Record<string, string | number> {
  const parts = plan.changes.map(({ part, subject }) => (subject ? `${part} ${subject}` : part));
  const unusual = plan.unusual.map(({ path }) => path);
  return {
    changes: parts.join(", "),
    ...(unusual.length > 0 && { unusual: unusual.join(", ") }),
    digestBefore: plan.digest,
  };
}

function assertPossible(plan: PlannedDomain): void {
  const [first] = plan.refusals;
  if (first === undefined) return;
  const userMessage = refusalMessage(first);
  throw new AppError({
    code: "input.invalid",
    message: `a definition is refused: ${plan.refusals.map(({ key }) => key).join(", ")}`,
    userMessage,
    fields: { xml: userMessage },
    details: { refusals: plan.refusals },
  });
}
