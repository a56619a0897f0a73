import { ownTask } from "@/lib/services/task/get-task";
import { checkDisk } from "@/lib/services/volume/check-disk";
import { compactDisk } from "@/lib/services/volume/compact-disk";
import { convertDisk } from "@/lib/services/volume/convert-disk";
import { getDiskFile } from "@/lib/services/volume/get-disk-file";
import type { diskFileOperations } from "../spec/disk-files";
import type { HandlersOf } from "./handler";
import { toApiTask } from "./views";

export const diskFileHandlers: HandlersOf<keyof typeof diskFileOperations> = {
  getVmDiskFile: (ctx, input) => getDiskFile(ctx, input),
  checkVmDisk: (ctx, input) => checkDisk(ctx, input),
  convertVmDisk: async (ctx, input, say) => {
    const { taskId } = await convertDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  compactVmDisk: async (ctx, input, say) => {
    const { taskId } = await compactDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
