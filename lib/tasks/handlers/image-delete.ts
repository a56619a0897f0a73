import { deleteVolume } from "@/lib/hypervisor/volumes";
import { requireHost } from "@/lib/services/host/require-host";
import { assertImageUnused } from "@/lib/services/image/assert-image-unused";
import { publish } from "@/lib/services/live/bus";
import { type ImageDeleteTask, imageDelete } from "../definitions/image-delete";
import type { Step, TaskHandler } from "./handler";

/** Looks once more: somebody may have put the image into a drive since the request. */
const check: Step<ImageDeleteTask> = {
  async run({ db, hosts }, { imageId }) {
    const image = await db.image.findUnique({ where: { id: imageId } });
    if (image) await assertImageUnused(db, hosts, image);
  },
  async undo({ db }, { imageId }) {
    const rows = await db.image.updateManyAndReturn({
      where: { id: imageId },
      data: { state: "ready" },
      select: { projectId: true },
    });
    for (const { projectId } of rows) publish({ type: "image", projectId, imageId });
  },
};

const volume: Step<ImageDeleteTask> = {
  async run({ hosts }, { hostId, pool, volume: name }) {
    await deleteVolume(requireHost(hosts, hostId), pool, name);
  },
};

const forget: Step<ImageDeleteTask> = {
  async run({ db }, { imageId }) {
    const image = await db.image.findUnique({
      where: { id: imageId },
      select: { projectId: true },
    });
    await db.image.deleteMany({ where: { id: imageId } });
    if (image) publish({ type: "image.removed", projectId: image.projectId, imageId });
  },
};

export const imageDeleteHandler: TaskHandler<ImageDeleteTask> = {
  definition: imageDelete,
  steps: { check, volume, forget },
};
