import type { Db } from "@/lib/db/client";
import type { Hosts } from "@/lib/hypervisor/types";
import { announceTask, enqueueTask } from "@/lib/tasks/definitions/enqueue";
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
  const place = hosts
    .list()
    .filter((host) => host.connection === "connected")
    .flatMap((host) =>
      host.inventory
        .pools()
        .filter((pool) => pool.role === "images" && pool.active)
        .map((pool) => ({ hostId: host.id, pool: pool.name })),
    )[0];
  const image = await db.image.findUnique({ where: { id: imageId } });
  if (!place || !image) return false;
  const taskId = await db.$transaction(async (tx) => {
    const marked = await tx.image.updateMany({
      where: { id: imageId, state: "uploading" },
      data: { state: "checking", receivedBytes: image.sizeBytes, ...(sha256 ? { sha256 } : {}) },
    });
    if (marked.count === 0) return null;
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
  if (taskId === null) return false;
  publish({ type: "image", projectId: image.projectId, imageId });
  announceTask(taskId, image.projectId);
  return true;
}
