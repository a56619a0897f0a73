import type { Prisma } from "@/lib/db/generated/client";
import { AppError, notFound } from "@/lib/model/errors";
import { assertProjectQuota, usedBy } from "@/lib/model/quota";
import type { CreateVmInput } from "@/lib/model/vm";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { vmCreate } from "@/lib/tasks/definitions/vm-create";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { chooseHost } from "../host/choose-host";
import { publish } from "../live/bus";
import { requireProject } from "../project/require-project";
import { nameTaken } from "./name-taken";
import { planVm, type VmPlan } from "./plan-vm";

/**
 * Reserves name, quota and ids, and enqueues the making. Throws `conflict.exists` for a name
 * that the project has already, `quota.exceeded`, `input.invalid` with the field, and
 * `host.unreachable` when there is no host to make it on. Nothing is left behind then.
 */
export async function createVm(
  ctx: Context,
  input: CreateVmInput,
): Promise<{ vmId: string; taskId: string }> {
  const { id: projectId } = await requireProject(ctx, input.projectId, "vm.create");
  const asked = { ...input, projectId, name: input.name.normalize("NFC") };
  const image = await findInstallImage(ctx, projectId, input.imageId);
  const plan = planVm(chooseHost(ctx), asked, image);
  const taskId = await ctx.db
    .$transaction((tx) => reserve(tx, ctx, asked, plan), { isolationLevel: "Serializable" })
    .catch((error: unknown) => {
      throw nameTaken(error, asked.name);
    });
  const { vmId } = plan.task;
  publish({ type: "vm", projectId, vmId });
  announceTask(taskId, projectId);
  return { vmId, taskId };
}

async function findInstallImage(ctx: Context, projectId: string, imageId: string | null) {
  if (imageId === null) return null;
  const image = await ctx.db.image.findFirst({ where: { id: imageId, projectId } });
  if (!image) throw notFound(`image ${imageId}`);
  const { id, pool, volume, state } = image;
  if (state === "ready" && pool !== null && volume !== null) return { id, pool, volume };
  throw new AppError({
    code: "input.invalid",
    message: `image ${imageId} is ${state}`,
    fields: { imageId: { key: "image.not_ready" } },
  });
}

async function reserve(
  tx: Prisma.TransactionClient,
  ctx: Context,
  input: CreateVmInput,
  { task, diskId }: VmPlan,
): Promise<string> {
  const { projectId, name } = input;
  const vms = await tx.vm.findMany({
    where: { projectId },
    select: { vcpus: true, memoryKib: true, disks: { select: { capacityBytes: true } } },
  });
  assertProjectQuota(usedBy(vms), { vms: 1, ...sizesOf(input) });
  const { spec, vmId, hostId } = task;
  const now = ctx.clock();
  await tx.vm.create({
    data: {
      id: vmId,
      projectId,
      hostId,
      uuid: spec.uuid,
      domainName: spec.domainName,
      name,
      firmware: spec.firmware,
      vcpus: spec.vcpus,
      memoryKib: spec.memoryKib,
      createdById: ctx.actor.userId,
      createdAt: now,
      disks: {
        create: {
          id: diskId,
          projectId,
          pool: spec.disk.pool,
          volume: spec.disk.volume,
          format: spec.disk.format,
          target: "vda",
          capacityBytes: BigInt(task.diskBytes),
        },
      },
    },
  });
  await writeAudit(
    { ...ctx, db: tx },
    {
      action: "vm.create",
      projectId,
      targetType: "vm",
      targetId: vmId,
      targetName: name,
      outcome: "ok",
      detail: { ...sizesOf(input), imageId: input.imageId },
    },
  );
  return enqueueTask(tx, vmCreate, {
    input: task,
    projectId,
    hostId,
    targetId: vmId,
    targetName: name,
    actor: ctx.actor,
    stepsDone: 1,
    now,
  });
}

function sizesOf({ vcpus, memoryMib, diskGib }: CreateVmInput) {
  return { vcpus, memoryMib, diskGib };
}
