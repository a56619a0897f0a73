import type { Db } from "@/lib/db/client";
import type { Image, Prisma } from "@/lib/db/generated/client";
import type { Hosts } from "@/lib/hypervisor/types";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
import { imageExamine } from "@/lib/tasks/definitions/image-examine";
import { imageStore } from "@/lib/tasks/definitions/image-store";
import { publish } from "../../live/bus";

export interface FinishDeps {
  db: Db;
  hosts: Hosts;
  clock: () => Date;
}

/**
 * Hands a file that has arrived over to the task that checks and stores it; once, however often
 * it is called. `sha256` null: the task computes it. Without a host that has a pool for images
 * nothing is done and false returned: the reconciler calls again when there is one.
 */
export async function finishUpload(
  { db, hosts, clock }: FinishDeps,
  imageId: string,
  sha256: string | null,
): Promise<boolean> {
  const image = await db.image.findUnique({ where: { id: imageId } });
  if (image?.kind === "appliance") return examine({ db, clock }, image, sha256);
  const place = hosts
    .list()
    .filter((host) => host.connection === "connected")
    .flatMap((host) =>
      host.inventory
        .pools()
        .filter((pool) => pool.role === "images" && pool.active)
        .map((pool) => ({ hostId: host.id, pool: pool.name })),
    )[0];
  if (!place || !image) return false;
  const taskId = await db.$transaction(async (tx) => {
    if (!(await markArrived(tx, image, sha256))) return null;
    return enqueueTask(tx, imageStore, {
      input: { imageId, ...place, volume: `p-${imageId}.iso` },
      projectId: image.projectId,
      hostId: place.hostId,
      targetId: imageId,
      targetName: image.name,
      actor: { userId: image.uploadedById, name: image.uploadedBy },
      now: clock(),
    });
  });
  return announce(image, taskId);
}

/** A VM's file stays where it is: it only has to be looked at, which needs no host. */
async function examine(
  { db, clock }: Pick<FinishDeps, "db" | "clock">,
  image: Image,
  sha256: string | null,
): Promise<boolean> {
  const { id, name, projectId } = image;
  const taskId = await db.$transaction(async (tx) => {
    if (!(await markArrived(tx, image, sha256))) return null;
    return enqueueTask(tx, imageExamine, {
      input: { imageId: id },
      projectId,
      hostId: null,
      targetId: id,
      targetName: name,
      actor: { userId: image.uploadedById, name: image.uploadedBy },
      now: clock(),
    });
  });
  return announce(image, taskId);
}

/** False when somebody else has done it. */
async function markArrived(
  tx: Prisma.TransactionClient,
  { id, sizeBytes }: Image,
  sha256: string | null,
): Promise<boolean> {
  const marked = await tx.image.updateMany({
    where: { id, state: "uploading" },
    data: { state: "checking", receivedBytes: sizeBytes, ...(sha256 ? { sha256 } : {}) },
  });
  return marked.count > 0;
}

function announce({ id, projectId }: Image, taskId: string | null): boolean {
  if (taskId === null) return false;
  publish({ type: "image", projectId, imageId: id });
  announceTask(taskId, projectId);
  return true;
}
