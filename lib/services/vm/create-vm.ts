import type { Image } from "@/lib/db/generated/client";
import { AppError, notFound } from "@/lib/model/errors";
import { videoFor } from "@/lib/model/video";
import type { CreateVmInput } from "@/lib/model/vm";
import { assertCan } from "@/lib/policies/can";
import { announceTask } from "@/lib/tasks/definitions/enqueue";
import type { Context } from "../context";
import { chooseHost } from "../host/choose-host";
import { publish } from "../live/bus";
import { findProject } from "../project/require-project";
import { nameTaken } from "./name-taken";
import { planVm } from "./plan-vm";
import { reserveVm } from "./reserve-vm";

/**
 * Reserves name, quota and ids, and enqueues the making. Throws `conflict.exists` for a name
 * that the project has already, `quota.exceeded`, `input.invalid` with the field, and
 * `host.unreachable` when there is no host to make it on. Nothing is left behind then.
 */
export async function createVm(
  ctx: Context,
  input: CreateVmInput,
): Promise<{ vmId: string; taskId: string }> {
  const { id: projectId } = await findProject(ctx, input.projectId);
  const row = await findImage(ctx, projectId, input.imageId);
  assertCan(ctx.actor, "vm.create", projectId);
  const video = input.video ?? videoFor(row?.osFamily ?? "other");
  const asked = { ...input, projectId, name: input.name.normalize("NFC"), video };
  const image = row && installable(row);
  const plan = planVm(chooseHost(ctx), asked, image);
  const taskId = await ctx.db
    .$transaction((tx) => reserveVm(tx, ctx, asked, plan), { isolationLevel: "Serializable" })
    .catch((error: unknown) => {
      throw nameTaken(error, asked.name);
    });
  const { vmId } = plan.task;
  publish({ type: "vm", projectId, vmId });
  announceTask(taskId, projectId);
  return { vmId, taskId };
}

async function findImage(ctx: Context, projectId: string, imageId: string | null) {
  if (imageId === null) return null;
  const image = await ctx.db.image.findFirst({ where: { id: imageId, projectId } });
  if (!image) throw notFound(`image ${imageId}`);
  return image;
}

function installable({ id, pool, volume, state }: Image) {
  if (state === "ready" && pool !== null && volume !== null) return { id, pool, volume };
  throw new AppError({
    code: "input.invalid",
    message: `image ${id} is ${state}`,
    fields: { imageId: { key: "image.not_ready" } },
  });
}
