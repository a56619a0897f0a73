import type { Vm } from "@/lib/db/generated/client";
import { pendingChanges, sizeParts } from "@/lib/hypervisor/xml/definition/pending";
import type { DefinitionView } from "@/lib/model/definition";
import type { Context } from "../../context";
import { findVm } from "../find-vm";
import { waitingSizes } from "../waiting-sizes";
import { findDefinition, hidesHost, shownRoot, shownText } from "./find-definition";

/**
 * What runs and what the next boot uses, as XML without secrets; what belongs to the host is
 * hidden from its tenants. Throws `not_found`, `vm.bad_state` while it is made or deleted, `host.*`.
 */
export async function getDefinition(
  ctx: Context,
  input: { vmId: string },
): Promise<DefinitionView> {
  return definitionOf(ctx, await findVm(ctx, input.vmId, "vm.read"));
}

/** The definitions of a VM that the actor may see. */
export async function definitionOf(ctx: Context, row: Vm): Promise<DefinitionView> {
  const { live, now, next } = await findDefinition(ctx, row);
  // Of sizes the inventory knows more: the definition that runs has only what the balloon is at.
  const waiting: readonly string[] = waitingSizes(live, row.memoryKib);
  const pending =
    now === null ? [] : pendingChanges(shownRoot(ctx, now.root), shownRoot(ctx, next.root));
  return {
    now: now && shownText(ctx, now),
    nextBoot: shownText(ctx, next),
    pending: pending.filter(({ part }) => !sizeParts.includes(part) || waiting.includes(part)),
    hidden: hidesHost(ctx),
  };
}
