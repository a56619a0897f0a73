import { growDisk } from "@/lib/services/disk/grow-disk";
import { ownTask } from "@/lib/services/task/get-task";
import type { vmDiskOperations } from "../spec/vm-disks";
import type { HandlersOf } from "./handler";
import { toApiTask } from "./views";

export const vmDiskHandlers: HandlersOf<keyof typeof vmDiskOperations> = {
  growDisk: async (ctx, input, say) => {
    const { taskId } = await growDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
