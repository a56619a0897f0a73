import type { Prisma } from "@/lib/db/generated/client";
import { notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import type { Permission } from "@/lib/policies/permissions";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../context";

export const withVm = { vm: { select: { id: true, name: true, uuid: true } } } as const;

/** A disk's row with its VM; null there for a kept one. */
export type DiskRow = Prisma.DiskGetPayload<{ include: typeof withVm }>;

/**
 * The disk's row, when the actor may do this to it. Another tenant's, and one that is not of
 * `projectId` where that is given, is `not_found`.
 */
export async function findDisk(
  ctx: Context,
  input: { diskId: string; projectId?: string },
  permission: Permission,
): Promise<DiskRow> {
  const { diskId, projectId } = input;
  const named = projectId === undefined ? {} : { projectId };
  const disk = await ctx.db.disk.findFirst({
    where: { AND: [{ id: diskId }, named, scope(ctx.actor)] },
    include: withVm,
  });
  if (!disk) throw notFound(`disk ${diskId}`);
  assertCan(ctx.actor, permission, disk.projectId);
  return disk;
}
