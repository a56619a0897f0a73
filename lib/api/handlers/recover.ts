import { AppError } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";
import { getImage } from "@/lib/services/image/get-image";
import { getProject } from "@/lib/services/project/get-project";
import { pageTasks } from "@/lib/services/task/page-tasks";
import type { OperationId } from "../spec/operations";
import type { Say } from "./handler";
import { toApiImage, toApiTask } from "./views";

type Recover = (ctx: Context, targetId: string, say: Say) => Promise<unknown>;

/**
 * The answer of a create that was done by a process that died before it could say so, from what
 * it has made. Operations that are not here show a secret, which is gone with that process.
 */
const recoveries: Partial<Record<OperationId, Recover>> = {
  createVm: async (ctx, targetId, say) => {
    const page = { targetId, kind: ["vm.create"], sort: "createdAt", limit: 1 } as const;
    const [task] = (await pageTasks(ctx, page)).items;
    return task === undefined ? lost() : toApiTask(task, say);
  },
  createImageUpload: async (ctx, imageId, say) => ({
    image: toApiImage(await getImage(ctx, { imageId }), say),
    uploadUrl: `/api/uploads/${imageId}`,
  }),
  createProject: (ctx, projectId) => getProject(ctx, { projectId }),
  addMember: async () => undefined,
};

/** Throws `conflict.exists` for what was made and whose secret nobody has seen. */
export async function recoverAnswer(
  operationId: OperationId,
  ctx: Context,
  targetId: string,
  say: Say,
): Promise<unknown> {
  return (recoveries[operationId] ?? lost)(ctx, targetId, say);
}

async function lost(): Promise<never> {
  throw new AppError({
    code: "conflict.exists",
    message: "it was made, and its answer was lost",
    userMessage: { key: "request.answer_lost" },
  });
}
