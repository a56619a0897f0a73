import { addDisk } from "@/lib/services/disk/add-disk";
import { deleteDisk } from "@/lib/services/disk/delete-disk";
import { getDisk } from "@/lib/services/disk/get-disk";
import { listDisks } from "@/lib/services/disk/list-disks";
import { ownTask } from "@/lib/services/task/get-task";
import type { diskOperations } from "../spec/disks";
import type { HandlersOf } from "./handler";
import { pageOfList } from "./paged";
import { toApiTask } from "./views";

export const diskHandlers: HandlersOf<keyof typeof diskOperations> = {
  listDisks: async (ctx, query) =>
    pageOfList(await listDisks(ctx, query), query, {
      id: (disk) => disk.id,
      key: (disk) => disk.name,
    }),
  getDisk: (ctx, input) => getDisk(ctx, input),
  addDisk: async (ctx, input, say) => {
    const { taskId } = await addDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  deleteDisk: async (ctx, input, say) => {
    const { taskId } = await deleteDisk(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
