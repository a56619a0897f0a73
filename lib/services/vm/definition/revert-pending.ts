import { redefineVm } from "@/lib/hypervisor/vm/redefine-vm";
import { comparable } from "@/lib/hypervisor/xml/definition/pending";
import { withSizes } from "@/lib/hypervisor/xml/edit-domain";
import { isOfRescue } from "@/lib/hypervisor/xml/rescue";
import { parseXml, printXml } from "@/lib/hypervisor/xml/tree";
import type { DefinitionView } from "@/lib/model/definition";
import { AppError } from "@/lib/model/errors";
import { audited } from "../../audited";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { findVm, refuseHeld } from "../find-vm";
import { reserveSizes } from "../reserve-sizes";
import { waitingSizes } from "../waiting-sizes";
import { findDefinition } from "./find-definition";
import { definitionOf } from "./get-definition";

/**
 * Takes back what waits for the next boot: its definition becomes that of the guest that runs.
 * Throws `vm.bad_state` when it is off: then there is no other one to go back to; and while it runs
 * from the image of a rescue that has ended, which it would start from for ever.
 */
export async function revertPending(
  ctx: Context,
  input: { vmId: string },
): Promise<DefinitionView> {
  const row = await findVm(ctx, input.vmId, "vm.revert");
  const entry: Parameters<typeof audited>[1] = {
    action: "vm.revert",
    projectId: row.projectId,
    targetType: "vm",
    targetId: row.id,
    targetName: row.name,
  };
  await audited(ctx, entry, async () => {
    const { host, live, now, next } = await findDefinition(ctx, row);
    refuseHeld(row);
    if (now === null) {
      throw new AppError({
        code: "vm.bad_state",
        message: `${row.id} is off: nothing is pending`,
        userMessage: { key: "definition.nothing_pending" },
      });
    }
    if (isOfRescue(now.root)) {
      throw new AppError({
        code: "vm.bad_state",
        message: `${row.id} still runs from its rescue image`,
        userMessage: { key: "rescue.still_runs" },
      });
    }
    // A balloon on its way to what was asked for is no change that could be taken back.
    const moves = waitingSizes(live, row.memoryKib).includes("memory");
    const memoryKib = moves ? live.live.memoryKib : live.next.memoryKib;
    const sizes = { ...live.live, memoryKib: Math.min(memoryKib, live.live.maxMemoryKib) };
    const domain = parseXml(withSizes(printXml(comparable(now.root, next.root)), sizes));
    entry.detail = { digestBefore: next.digest, vcpus: sizes.vcpus, memoryKib: sizes.memoryKib };
    const giveBack = await reserveSizes(ctx, row, live, sizes);
    try {
      await redefineVm(host, row.uuid, { digest: next.digest, domain });
    } catch (error) {
      await giveBack();
      throw error;
    }
  });
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return definitionOf(ctx, row);
}
