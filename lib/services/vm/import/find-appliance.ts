import type { Image, Prisma } from "@/lib/db/generated/client";
import { type Appliance, applianceSchema } from "@/lib/model/appliance";
import { AppError, notFound } from "@/lib/model/errors";
import { assertCan } from "@/lib/policies/can";
import { scope } from "@/lib/policies/scope";
import type { Context } from "../../context";

/**
 * A VM's file that is ready to be imported, for whoever may create VMs in its project. Throws
 * `not_found`, also for another tenant's, `auth.forbidden`, and `vm.bad_state` for one that has not
 * been looked at, or that is none.
 */
export async function findAppliance(
  ctx: Pick<Context, "actor"> & { db: Pick<Prisma.TransactionClient, "image"> },
  imageId: string,
): Promise<{ row: Image; appliance: Appliance }> {
  const row = await ctx.db.image.findFirst({ where: { id: imageId, ...scope(ctx.actor) } });
  if (!row) throw notFound(`image ${imageId}`);
  assertCan(ctx.actor, "vm.create", row.projectId);
  if (row.kind !== "appliance") throw refusal(row, "appliance.not_appliance");
  if (row.state !== "ready" || row.appliance === null) throw refusal(row, "image.not_ready");
  return { row, appliance: applianceSchema.parse(JSON.parse(row.appliance)) };
}

function refusal({ id, kind, state }: Image, key: string): AppError {
  return new AppError({
    code: "vm.bad_state",
    message: `image ${id} is no appliance to import: ${kind}, ${state}`,
    userMessage: { key },
  });
}
