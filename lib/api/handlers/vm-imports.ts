import { ownTask } from "@/lib/services/task/get-task";
import { importVm } from "@/lib/services/vm/import/import-vm";
import type { vmImportOperations } from "../spec/vm-imports";
import type { HandlersOf } from "./handler";
import { toApiTask } from "./views";

export const vmImportHandlers: HandlersOf<keyof typeof vmImportOperations> = {
  importVm: async (ctx, input, say) => {
    const { taskId } = await importVm(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
