import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Image } from "@/lib/db/generated/client";
import { imageLimits } from "@/lib/model/image";
import { partSize, removePart } from "@/lib/services/image/part-file";
import { type FinishDeps, finishUpload } from "@/lib/services/image/upload/finish-upload";
import { publish } from "@/lib/services/live/bus";
import type { Finding } from "./report";

const hourMs = 3_600_000;

/**
 * Uploads that nobody carries on: those whose last byte has arrived but whose end was never
 * handled are handed over, those without a sign of life for a day are removed with their parts,
 * and so are parts that no row knows.
 */
export async function tidyUploads(deps: FinishDeps, uploadsDir: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const uploading = await deps.db.image.findMany({ where: { state: "uploading" } });
  for (const image of uploading) {
    const kind = await tidyUpload(deps, uploadsDir, image);
    if (kind) findings.push({ kind, hostId: null, subject: image.id });
  }
  for (const id of await strayParts(deps, uploadsDir)) {
    await removePart(uploadsDir, id);
    findings.push({ kind: "upload.stray", hostId: null, subject: id });
  }
  return findings;
}

async function tidyUpload(
  deps: FinishDeps,
  uploadsDir: string,
  image: Image,
): Promise<"upload.finished" | "upload.abandoned" | null> {
  const size = await partSize(uploadsDir, image.id);
  if (size !== null && BigInt(size) === image.sizeBytes) {
    return (await finishUpload(deps, image.id, null)) ? "upload.finished" : null;
  }
  const before = new Date(deps.clock().getTime() - imageLimits.abandonedHours * hourMs);
  const removed = await deps.db.image.deleteMany({
    where: { id: image.id, state: "uploading", updatedAt: { lt: before } },
  });
  if (removed.count === 0) return null;
  await removePart(uploadsDir, image.id);
  publish({ type: "image.removed", projectId: image.projectId, imageId: image.id });
  return "upload.abandoned";
}

/** Parts older than an hour whose image is gone or has been stored. */
async function strayParts(deps: FinishDeps, uploadsDir: string): Promise<string[]> {
  const names = await readdir(uploadsDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const ids = names.filter((name) => /^[0-9a-z]{10}$/.test(name));
  const known = await deps.db.image.findMany({
    where: {
      id: { in: ids },
      OR: [
        { state: { in: ["uploading", "checking", "storing"] } },
        // A VM's file stays until it is imported or deleted.
        { kind: "appliance", state: "ready" },
      ],
    },
    select: { id: true },
  });
  const wanted = new Set(known.map((image) => image.id));
  const before = deps.clock().getTime() - hourMs;
  const stray: string[] = [];
  for (const id of ids) {
    if (wanted.has(id)) continue;
    const mtimeMs = await changedAt(join(uploadsDir, id));
    if (mtimeMs !== null && mtimeMs < before) stray.push(id);
  }
  return stray;
}

/** Null for a part that somebody has removed since it was listed. */
async function changedAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
