import { attachDisk } from "@/lib/services/disk/attach-disk";
import { detachDisk } from "@/lib/services/disk/detach-disk";
import { growDisk } from "@/lib/services/disk/grow-disk";
import { setDiskLimits } from "@/lib/services/disk/set-disk-limits";
import { ownTask } from "@/lib/services/task/get-task";
import { bootOnce } from "@/lib/services/vm/boot-once";
import { setBootOrder } from "@/lib/services/vm/set-boot-order";
import type { vmDiskOperations } from "../spec/vm-disks";
import type { HandlersOf } from "./handler";
import { toApiTask, toDetail } from "./views";

export const vmDiskHandlers: HandlersOf<keyof typeof vmDiskOperations> = {
  attachDisk: async (ctx, input, say) => {
    const { taskId } = await attachDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  detachDisk: async (ctx, input, say) => {
    const { taskId } = await detachDisk(ctx, { ...input, confirmName: null });
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  setBootOrder: async (ctx, input, say) => toDetail(await setBootOrder(ctx, input), say),
  bootVmOnce: async (ctx, input, say) => {
    const { taskId } = await bootOnce(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  setDiskLimits: async (ctx, input, say) => toDetail(await setDiskLimits(ctx, input), say),
  growDisk: async (ctx, input, say) => {
    const { taskId } = await growDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
