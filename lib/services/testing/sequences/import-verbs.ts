import { writeFile } from "node:fs/promises";
import { endedTaskStates } from "@/lib/model/task";
import { deleteImage } from "../../image/delete-image";
import { partPath } from "../../image/part-file";
import { startUpload } from "../../image/start-upload";
import { finishUpload } from "../../image/upload/finish-upload";
import { cancelTask } from "../../task/cancel-task";
import { importVm } from "../../vm/import/import-vm";
import { applianceFile } from "./appliance-file";
import { type Played, pick, type Verbs, vmName } from "./move";

async function applianceOf({ ctx, projects, which }: Played) {
  const where = { projectId: { in: [...projects] }, kind: "appliance" };
  return pick(await ctx.db.image.findMany({ where, orderBy: { createdAt: "asc" } }), which);
}

/** Machines that come as files, and what is called off. */
export const importVerbs = {
  /** One that is none is refused when it is looked at. */
  upload: async ({ ctx, projects, uploadsDir, uploads, which, size }) => {
    const { whole } = await applianceFile();
    const bytes = size === 3 && which % 2 === 1 ? Buffer.alloc(whole.length, "no machine") : whole;
    const upload = { name: "box.ova", sizeBytes: bytes.length, kind: "appliance" } as const;
    const projectId = projects[0];
    const { id } = await startUpload(ctx, { projectId, ...upload }, uploadsDir);
    uploads.add(id);
    await writeFile(partPath(uploadsDir, id), bytes);
    return finishUpload(ctx, id, null);
  },
  /** The machine's own disk goes bad: of what is made of it nothing may stay. */
  spoil: async (played) => {
    const image = await applianceOf(played);
    if (image === null || image.state !== "ready") return null;
    const { spoiled } = await applianceFile();
    await writeFile(partPath(played.uploadsDir, image.id), spoiled);
    return image;
  },
  importVm: async (played) => {
    const image = await applianceOf(played);
    const { ctx, size, flag } = played;
    const asked = { vcpus: size, memoryMib: 64 * size, network: "default" } as const;
    const how = { firmware: "bios", drivers: flag ? "virtio" : "common" } as const;
    const after = { start: flag, keep: size !== 3 };
    return (
      image &&
      importVm(ctx, { imageId: image.id, name: vmName(played), ...asked, ...how, ...after })
    );
  },
  deleteFile: async (played) => {
    const image = await applianceOf(played);
    return image && deleteImage(played.ctx, { imageId: image.id }, played.uploadsDir);
  },
  /** Whatever is under way, if it can be called off. */
  cancel: async ({ ctx, projects, which }) => {
    const state = { notIn: [...endedTaskStates] };
    const where = { projectId: { in: [...projects] }, state };
    const task = pick(await ctx.db.task.findMany({ where, orderBy: { createdAt: "asc" } }), which);
    if (task === null) return null;
    await cancelTask(ctx, { taskId: task.id });
    return task;
  },
} satisfies Verbs<Played>;
