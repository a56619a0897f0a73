import { statfs } from "node:fs/promises";
import { smallestApplianceBytes } from "@/lib/model/appliance-head";
import { AppError } from "@/lib/model/errors";
import { diskReserveBytes } from "@/lib/model/host-fit";
import { type ImageKind, imageLimits } from "@/lib/model/image";
import { cleanImageName } from "@/lib/model/image-name";
import { smallestIsoBytes } from "@/lib/model/iso/head";
import { askedByImage, assertQuota } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";
import { writeAudit } from "../../audit";
import type { Context } from "../../context";
import { publish } from "../../live/bus";
import { requireProject } from "../../project/require-project";
import { countQuota } from "../../quota/count-quota";

/** Uploads that one person may have begun and not ended. */
const openUploadsPerUser = 10;

export interface BeginUpload {
  /** Chosen by the caller: the upload's address and its part's name. */
  imageId: string;
  projectId: string;
  kind: ImageKind;
  filename: string;
  sizeBytes: number;
}

/**
 * Checks that the file may come and has room, and makes its row. Throws `input.invalid` for
 * impossible sizes, `quota.exceeded` without room, `rate.limited` above the cap of open uploads.
 */
export async function beginUpload(
  ctx: Context,
  input: BeginUpload,
  uploadsDir: string,
): Promise<void> {
  const { imageId, kind, sizeBytes } = input;
  const { id: projectId } = await requireProject(ctx, input.projectId, "image.upload");
  const least = kind === "iso" ? smallestIsoBytes : smallestApplianceBytes;
  if (sizeBytes < least) throw invalid(`${kind === "iso" ? "image" : kind}.too_small`, {});
  if (sizeBytes > imageLimits.maxBytes) {
    throw invalid("image.too_large", { limitGib: imageLimits.maxBytes / BYTES_PER_GIB });
  }
  await assertRoom(ctx, input, uploadsDir);
  const name = cleanImageName(input.filename);
  await ctx.db.$transaction(
    async (tx) => {
      const open = await tx.image.count({
        where: { uploadedById: ctx.actor.userId, state: "uploading" },
      });
      if (open >= openUploadsPerUser) throw tooMany(ctx.actor.userId);
      assertQuota(await countQuota(tx, ctx.hosts, projectId), askedByImage(sizeBytes));
      await tx.image.create({
        data: {
          id: imageId,
          projectId,
          name,
          kind,
          state: "uploading",
          sizeBytes: BigInt(sizeBytes),
          uploadedById: ctx.actor.userId,
          uploadedBy: ctx.actor.name,
          createdAt: ctx.clock(),
        },
      });
      await writeAudit(
        { ...ctx, db: tx },
        {
          action: "image.upload",
          outcome: "ok",
          projectId,
          targetType: "image",
          targetId: imageId,
          targetName: name,
          detail: { sizeBytes, kind },
        },
      );
    },
    { isolationLevel: "Serializable" },
  );
  publish({ type: "image", projectId, imageId });
}

/**
 * Room for this file beside what others are still sending, here and, for an ISO, in the pool it
 * ends in. A VM's file stays here.
 */
async function assertRoom(
  ctx: Context,
  { kind, sizeBytes }: BeginUpload,
  uploadsDir: string,
): Promise<void> {
  const open = await ctx.db.image.findMany({
    where: { state: "uploading" },
    select: { sizeBytes: true, receivedBytes: true },
  });
  const promised = open.reduce(
    (sum, image) => sum + Number(image.sizeBytes - image.receivedBytes),
    0,
  );
  const disk = await statfs(uploadsDir);
  const pools = ctx.hosts
    .list()
    .filter((host) => host.connection === "connected")
    .flatMap((host) => host.inventory.pools())
    .filter((pool) => kind === "iso" && pool.role === "images" && pool.active)
    .map((pool) => pool.availableBytes);
  const freeBytes = Math.min(disk.bavail * disk.bsize, ...pools) - promised - diskReserveBytes;
  if (sizeBytes <= freeBytes) return;
  const mib = (bytes: number) => Math.max(0, Math.floor(bytes / 1024 ** 2));
  throw new AppError({
    code: "quota.exceeded",
    message: `no room for an upload of ${sizeBytes} bytes, ${freeBytes} are free`,
    userMessage: {
      key: "upload.no_room",
      values: { askedMib: mib(sizeBytes), freeMib: mib(freeBytes) },
    },
  });
}

function tooMany(userId: string): AppError {
  return new AppError({
    code: "rate.limited",
    message: `${userId} has ${openUploadsPerUser} open uploads`,
    userMessage: { key: "upload.too_many", values: { limit: openUploadsPerUser } },
  });
}

function invalid(key: string, values: Record<string, number>): AppError {
  return new AppError({
    code: "input.invalid",
    message: `upload refused: ${key}`,
    userMessage: { key, values },
  });
}
