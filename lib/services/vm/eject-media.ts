import type { VmDetail } from "@/lib/model/vm";
import type { Context } from "../context";
import { changeMedia } from "./change-media";
import { findVm } from "./find-vm";

/** Empties the drive; an empty one is fine. */
export async function ejectMedia(ctx: Context, input: { vmId: string }): Promise<VmDetail> {
  return changeMedia(ctx, await findVm(ctx, input.vmId, "vm.media"), null);
}
