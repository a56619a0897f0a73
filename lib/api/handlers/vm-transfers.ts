import { ownTask } from "@/lib/services/task/get-task";
import { transferVm } from "@/lib/services/vm/transfer/transfer-vm";
import type { vmTransferOperations } from "../spec/vm-transfers";
import type { HandlersOf } from "./handler";
import { toApiTask } from "./views";

export const vmTransferHandlers: HandlersOf<keyof typeof vmTransferOperations> = {
  transferVm: async (ctx, input, say) => {
    const { taskId } = await transferVm(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
