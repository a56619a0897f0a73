import { setClipboard as setOnHost } from "@/lib/hypervisor/vm/set-clipboard";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/**
 * Sets whether a VM shares its clipboard with its consoles; a running one has it from its next
 * start on. Throws `vm.bad_state` while it is being made or deleted or its memory is saved, and
 * `host.*` errors.
 */
export async function setClipboard(
  ctx: Context,
  { vmId, clipboard }: { vmId: string; clipboard: boolean },
): Promise<VmDetail> {
  const row = await findVm(ctx, vmId, "vm.clipboard");
  const { host } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: "vm.set_clipboard",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      detail: { clipboard },
    },
    () => setOnHost(host, row.uuid, clipboard),
  );
  publish({ type: "vm", projectId: row.projectId, vmId });
  return detailOf(ctx, row);
}
