import { createReadStream } from "node:fs";
import { deleteVolume, listVolumes, uploadVolume } from "@/lib/hypervisor/volumes";
import { AppError, type UserMessage } from "@/lib/model/errors";
import { inspectIso } from "@/lib/model/iso/inspect";
import { requireHost } from "@/lib/services/host/require-host";
import { hashOfFile, partPath, removePart, withByteSource } from "@/lib/services/image/part-file";
import { publish } from "@/lib/services/live/bus";
import { type ImageStoreTask, imageStore } from "../definitions/image-store";
import type { Step, StepContext, TaskHandler } from "./handler";
import { changeImage, findImage } from "./image-rows";

const inspect: Step<ImageStoreTask> = {
  async run(context, input) {
    const path = partPath(context.uploadsDir, input.imageId);
    await changeImage(context, input, { state: "checking" });
    const verdict = await withByteSource(path, inspectIso);
    if (!verdict.ok) throw await refuse(context, input, verdict.reason);
    const { volumeLabel, osFamily, bootable } = verdict.iso;
    await changeImage(context, input, {
      volumeLabel,
      osFamily,
      bootBios: bootable.bios,
      bootUefi: bootable.uefi,
    });
  },
  /** The last to be undone: says why on the image, and leaves nothing of the file. */
  async undo(context, input) {
    const { db, taskId, uploadsDir } = context;
    await removePart(uploadsDir, input.imageId);
    const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
    const image = await db.image.findUnique({ where: { id: input.imageId } });
    if (!image || image.state === "refused") return;
    if (task.error !== null) {
      await changeImage(context, input, { state: "failed", error: task.error });
      return;
    }
    await db.image.deleteMany({ where: { id: input.imageId } });
    publish({ type: "image.removed", projectId: image.projectId, imageId: image.id });
  },
};

/** Known already when every byte passed through one portal; otherwise computed here. */
const hash: Step<ImageStoreTask> = {
  async run(context, input) {
    const image = await findImage(context, input);
    if (image.sha256 !== null) return;
    const sizeBytes = Number(image.sizeBytes);
    const path = partPath(context.uploadsDir, input.imageId);
    const sum = await hashOfFile(path, sizeBytes, context.signal, (bytes) =>
      context.progress((bytes / sizeBytes) * 50),
    );
    await changeImage(context, input, { sha256: sum.digest("hex") });
  },
};

const duplicate: Step<ImageStoreTask> = {
  async run(context, input) {
    const { id, sha256, projectId } = await findImage(context, input);
    const kept = await context.db.$transaction(
      async (tx) => {
        const other = await tx.image.findFirst({
          where: { projectId, sha256, id: { not: id }, state: { in: ["storing", "ready"] } },
          select: { name: true },
        });
        if (other === null) await tx.image.update({ where: { id }, data: { state: "storing" } });
        return other;
      },
      { isolationLevel: "Serializable" },
    );
    if (kept) {
      const reason = { key: "image.duplicate", values: { name: kept.name } };
      throw await refuse(context, input, reason);
    }
    publish({ type: "image", projectId, imageId: id });
  },
};

const store: Step<ImageStoreTask> = {
  async run(context, input) {
    const { hosts, uploadsDir, signal, progress } = context;
    const sizeBytes = Number((await findImage(context, input)).sizeBytes);
    const host = requireHost(hosts, input.hostId);
    const source = createReadStream(partPath(uploadsDir, input.imageId));
    try {
      // What an interrupted upload has left cannot be told from a whole one: this begins again.
      await uploadVolume(
        host,
        { pool: input.pool, name: input.volume, sizeBytes },
        source,
        (bytes) => progress((bytes / sizeBytes) * 100),
        signal,
      );
    } finally {
      source.destroy();
    }
  },
  async undo({ hosts }, { hostId, pool, volume }) {
    await deleteVolume(requireHost(hosts, hostId), pool, volume);
  },
};

const verify: Step<ImageStoreTask> = {
  async run(context, input) {
    const { sizeBytes } = await findImage(context, input);
    const volumes = await listVolumes(requireHost(context.hosts, input.hostId), input.pool);
    const stored = volumes.find((each) => each.name === input.volume);
    if (stored?.capacityBytes === Number(sizeBytes)) return;
    throw new AppError({
      code: "host.refused",
      message: `volume ${input.volume}: ${stored?.capacityBytes} bytes instead of ${sizeBytes}`,
      userMessage: { key: "image.stored_size" },
    });
  },
};

const finish: Step<ImageStoreTask> = {
  async run(context, input) {
    const { pool, volume } = input;
    await changeImage(context, input, { state: "ready", pool, volume, error: null });
    await removePart(context.uploadsDir, input.imageId);
  },
};

export const imageStoreHandler: TaskHandler<ImageStoreTask> = {
  definition: imageStore,
  steps: { inspect, hash, duplicate, store, verify, finish },
};

/** Marks the image as refused, for good, and makes the error that ends the task. */
async function refuse(
  context: StepContext,
  input: ImageStoreTask,
  reason: UserMessage,
): Promise<AppError> {
  await changeImage(context, input, { state: "refused", error: JSON.stringify(reason) });
  return new AppError({
    code: "input.invalid",
    message: `image ${input.imageId} refused: ${reason.key}`,
    userMessage: reason,
  });
}
