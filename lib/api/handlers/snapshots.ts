import { createSnapshot } from "@/lib/services/snapshot/create-snapshot";
import { deleteSnapshot } from "@/lib/services/snapshot/delete-snapshot";
import { editSnapshot } from "@/lib/services/snapshot/edit-snapshot";
import { getSnapshot } from "@/lib/services/snapshot/get-snapshot";
import { listSnapshots } from "@/lib/services/snapshot/list-snapshots";
import { revertSnapshot } from "@/lib/services/snapshot/revert-snapshot";
import { ownTask } from "@/lib/services/task/get-task";
import type { snapshotOperations } from "../spec/snapshots";
import type { HandlersOf } from "./handler";
import { toApiTask } from "./views";

export const snapshotHandlers: HandlersOf<keyof typeof snapshotOperations> = {
  listSnapshots: async (ctx, input) => ({ items: (await listSnapshots(ctx, input)).snapshots }),
  getSnapshot,
  createSnapshot: async (ctx, input, say) => {
    const { taskId } = await createSnapshot(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  updateSnapshot: editSnapshot,
  deleteSnapshot: async (ctx, input, say) => {
    const { taskId } = await deleteSnapshot(ctx, input);
    return toApiTask(await ownTask(ctx, taskId), say);
  },
  revertSnapshot: async (ctx, input, say) => {
    const { taskId } = await revertSnapshot(ctx, { ...input, confirmName: null });
    return toApiTask(await ownTask(ctx, taskId), say);
  },
};
