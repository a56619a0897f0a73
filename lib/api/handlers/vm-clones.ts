import { ownTask } from "@/lib/services/task/get-task";
import { cloneVm } from "@/lib/services/vm/clone/clone-vm";
import { setTemplate } from "@/lib/services/vm/template/set-template";
import type { vmCloneOperations } from "../spec/vm-clones";
import type { HandlersOf } from "./handler";
import { toApiTask } from "./views";

export const vmCloneHandlers: HandlersOf<keyof typeof vmCloneOperations> = {
  cloneVm: async (ctx, input, say) => {
    const { taskId } = await cloneVm(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  setVmTemplate: setTemplate,
};
