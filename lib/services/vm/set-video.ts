import { setVideo as setOnHost } from "@/lib/hypervisor/vm/set-video";
import type { VideoModel } from "@/lib/model/video";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { findVm, requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/**
 * Gives a VM other graphics; a running one has them from its next start on. Throws `vm.bad_state`
 * while it is being made or deleted or its memory is saved, and `host.*` errors.
 */
export async function setVideo(
  ctx: Context,
  input: { vmId: string; model: VideoModel },
): Promise<VmDetail> {
  const { vmId, model } = input;
  const row = await findVm(ctx, vmId, "vm.video");
  const { host } = requireLive(ctx, row);
  await audited(
    ctx,
    {
      action: "vm.set_video",
      projectId: row.projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: row.name,
      detail: { model },
    },
    () => setOnHost(host, row.uuid, model),
  );
  publish({ type: "vm", projectId: row.projectId, vmId });
  return detailOf(ctx, row);
}
