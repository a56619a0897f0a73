import { authSecret } from "@/lib/auth/secret";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { AppError } from "@/lib/model/errors";
import { type NewWatch, type WatchView, watchLimits } from "@/lib/model/watch/watch";
import { assertInside } from "@/lib/policies/is-outside";
import { hookSecretOf } from "@/lib/webhook/sign-hook";
import { audited } from "../audited";
import type { Context } from "../context";
import { findVm, requireLive } from "../vm/find-vm";
import { toWatchView } from "./to-watch-view";

/** A watch, and by what its webhook can be recognized: shown now and not again. */
export interface AddedWatch {
  watch: WatchView;
  hookSecret: string | null;
}

/**
 * Has a VM's screen watched, for whoever may open its console, until the watch has fired or its
 * time is over. Throws `quota.exceeded` when there are enough, and `vm.bad_state` for a VM that is
 * being made or deleted. Not for an administrator from outside, who watches announced.
 */
export async function addWatch(
  ctx: Context,
  input: NewWatch & { vmId: string },
): Promise<AddedWatch> {
  const vm = await findVm(ctx, input.vmId, "vm.console");
  const { hours, texts, vmId, ...rest } = input;
  const id = newId();
  const entry = {
    action: "vm.watch",
    projectId: vm.projectId,
    targetType: "vm",
    targetId: vm.id,
    targetName: vm.name,
    detail: {
      watchId: id,
      kind: rest.kind,
      keys: rest.keys !== "",
      hookHost: rest.hookUrl === null ? null : new URL(rest.hookUrl).host,
    },
  } as const;
  const row = await audited(ctx, entry, async () => {
    assertInside(ctx.actor, vm.projectId, "vm.console");
    const { live } = requireLive(ctx, vm, { evenSaved: true });
    const now = ctx.clock();
    return ctx.db.$transaction(async (tx) => {
      await refuseTooMany(tx, vm);
      await forgetOldest(tx, vmId);
      return tx.screenWatch.create({
        data: {
          ...rest,
          id,
          vmId,
          texts: JSON.stringify(texts),
          bootId: live.bootId,
          expiresAt: new Date(now.getTime() + hours * 3_600_000),
          tokenId: ctx.actor.token?.id ?? null,
          createdById: ctx.actor.userId,
          createdByName: ctx.actor.name,
          createdAt: now,
        },
        include: { vm: { select: { name: true } } },
      });
    });
  });
  const hookSecret = row.hookUrl === null ? null : hookSecretOf(authSecret(), id);
  return { watch: toWatchView(row), hookSecret };
}

type Tx = Prisma.TransactionClient;

async function refuseTooMany(tx: Tx, vm: { id: string; projectId: string }): Promise<void> {
  const ofVm = await tx.screenWatch.count({ where: { vmId: vm.id, endedAt: null } });
  const { projectId } = vm;
  const ofProject = await tx.screenWatch.count({ where: { vm: { projectId }, endedAt: null } });
  for (const [key, used, limit] of [
    ["watch.too_many_vm", ofVm, watchLimits.ofVm],
    ["watch.too_many_project", ofProject, watchLimits.ofProject],
  ] as const) {
    if (used < limit) continue;
    throw new AppError({
      code: "quota.exceeded",
      message: `${used} watches of vm ${vm.id}`,
      userMessage: { key, values: { limit } },
      details: { resource: "watches", limit, used },
    });
  }
}

/** Of those that have ended only the newest are kept. */
async function forgetOldest(tx: Tx, vmId: string): Promise<void> {
  const old = await tx.screenWatch.findMany({
    where: { vmId, endedAt: { not: null } },
    orderBy: { endedAt: "desc" },
    skip: watchLimits.kept - watchLimits.ofVm - 1,
    select: { id: true },
  });
  await tx.screenWatch.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
}
