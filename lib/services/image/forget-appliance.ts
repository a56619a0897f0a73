import type { Db } from "@/lib/db/client";
import { publish } from "../live/bus";
import { countImports } from "./importing";
import { removePart } from "./part-file";

/**
 * Removes a VM's file and its row, unless another task still reads it. Returns whether it is gone
 * by this call.
 */
export async function forgetAppliance(
  db: Db,
  of: { imageId: string; taskId?: string },
  uploadsDir: string,
): Promise<boolean> {
  const { imageId: id } = of;
  const projectId = await db.$transaction(
    async (tx) => {
      if ((await countImports(tx, of)) > 0) return null;
      const image = await tx.image.findUnique({ where: { id }, select: { projectId: true } });
      if (image === null) return null;
      await tx.image.deleteMany({ where: { id, kind: "appliance" } });
      return image.projectId;
    },
    { isolationLevel: "Serializable" },
  );
  if (projectId === null) return false;
  // A part without a row is removed by the reconciler.
  await removePart(uploadsDir, id);
  publish({ type: "image.removed", projectId, imageId: id });
  return true;
}
