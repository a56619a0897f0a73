import { readAppliance } from "@/lib/hypervisor/appliance/read-appliance";
import { isAppError } from "@/lib/model/errors";
import { hashOfFile, partPath, removePart, withByteSource } from "@/lib/services/image/part-file";
import { publish } from "@/lib/services/live/bus";
import { type ImageExamineTask, imageExamine } from "../definitions/image-examine";
import type { Step, TaskHandler } from "./handler";
import { changeImage, findImage } from "./image-rows";

/** Known already when every byte passed through one portal; otherwise computed here. */
const hash: Step<ImageExamineTask> = {
  async run(context, input) {
    const { sha256, ...image } = await findImage(context, input);
    if (sha256 !== null) return;
    const sizeBytes = Number(image.sizeBytes);
    const path = partPath(context.uploadsDir, input.imageId);
    const sum = await hashOfFile(path, sizeBytes, context.signal, (bytes) =>
      context.progress((bytes / sizeBytes) * 50),
    );
    await changeImage(context, input, { sha256: sum.digest("hex") });
  },
  /** The last to be undone: says why on the image, and leaves nothing of the file. */
  async undo(context, input) {
    const { db, taskId, uploadsDir } = context;
    await removePart(uploadsDir, input.imageId);
    const image = await db.image.findUnique({ where: { id: input.imageId } });
    if (!image || image.state === "refused") return;
    const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
    if (task.error !== null) {
      await changeImage(context, input, { state: "failed", error: task.error });
      return;
    }
    await db.image.deleteMany({ where: { id: image.id } });
    publish({ type: "image.removed", projectId: image.projectId, imageId: image.id });
  },
};

const read: Step<ImageExamineTask> = {
  async run(context, input) {
    const { name, sizeBytes } = await findImage(context, input);
    const { signal } = context;
    const onBytes = (bytes: number) => context.progress(50 + (bytes / Number(sizeBytes)) * 50);
    try {
      const appliance = await withByteSource(
        partPath(context.uploadsDir, input.imageId),
        (source) => readAppliance(source, name, { signal, onBytes }),
      );
      await changeImage(context, input, { appliance: JSON.stringify(appliance) });
    } catch (error) {
      if (isAppError(error, "input.invalid")) {
        const reason = JSON.stringify(error.userMessage);
        await changeImage(context, input, { state: "refused", error: reason });
      }
      throw error;
    }
  },
};

const finish: Step<ImageExamineTask> = {
  async run(context, input) {
    await changeImage(context, input, { state: "ready", error: null });
  },
};

export const imageExamineHandler: TaskHandler<ImageExamineTask> = {
  definition: imageExamine,
  steps: { hash, read, finish },
};
