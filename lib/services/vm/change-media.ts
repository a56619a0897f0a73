import type { Vm } from "@/lib/db/generated/client";
import { changeMedia as changeOnHost } from "@/lib/hypervisor/vm/change-media";
import type { VmDetail } from "@/lib/model/vm";
import { audited } from "../audited";
import type { Context } from "../context";
import { publish } from "../live/bus";
import { requireLive } from "./find-vm";
import { detailOf } from "./get-vm";

/** Puts a volume into the VM's drive, or empties it; shared by inserting and ejecting. */
export async function changeMedia(
  ctx: Context,
  row: Vm,
  image: { id: string; name: string; pool: string; volume: string } | null,
): Promise<VmDetail> {
  const { host } = requireLive(ctx, row);
  const media = image && { pool: image.pool, volume: image.volume };
  await audited(
    ctx,
    {
      action: image ? "vm.insert_media" : "vm.eject_media",
      projectId: row.projectId,
      targetType: "vm",
      targetId: row.id,
      targetName: row.name,
      detail: { imageId: image?.id ?? null },
    },
    () => changeOnHost(host, row.uuid, media),
  );
  publish({ type: "vm", projectId: row.projectId, vmId: row.id });
  return detailOf(ctx, row);
}
