import type { z } from "zod";
import { hashOfVisitSecret, newVisitSecret, openShare } from "@/lib/console/visit";
import { newId } from "@/lib/db/id";
import {
  type ConsoleShareView,
  type createConsoleShareSchema,
  mostShares,
  sharePath,
} from "@/lib/model/console-share";
import { AppError } from "@/lib/model/errors";
import { assertInside } from "@/lib/policies/is-outside";
import { writeAudit } from "../audit";
import type { Context } from "../context";
import { findVm } from "../vm/find-vm";
import { toShareView } from "./share-view";

/** A new link. `path` is below the portal's own address and shown once. */
export interface NewConsoleShare {
  share: ConsoleShareView;
  path: string;
}

/**
 * Makes a link by which people without an account watch the VM's screen, and only watch. Its
 * secret is in the part of the address that browsers send to no server. Throws `conflict.rule`
 * with too many that hold, `auth.forbidden` for an administrator from outside of the project.
 */
export async function createConsoleShare(
  ctx: Context,
  input: z.output<typeof createConsoleShareSchema>,
): Promise<NewConsoleShare> {
  const { name, maxVisits, minutes } = input;
  const vm = await findVm(ctx, input.vmId, "vm.console");
  assertInside(ctx.actor, vm.projectId, "vm.console");
  const now = ctx.clock();
  const secret = newVisitSecret();
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  const row = await ctx.db.$transaction(async (tx) => {
    const holding = await tx.consoleShare.count({ where: { vmId: vm.id, ...openShare(now) } });
    if (holding >= mostShares) throw tooMany();
    // Those that have ended tell nobody anything: what was done by them is in the audit log.
    await tx.consoleShare.deleteMany({ where: { vmId: vm.id, NOT: openShare(now) } });
    const made = await tx.consoleShare.create({
      data: {
        id: newId(),
        tokenHash: hashOfVisitSecret(secret),
        vmId: vm.id,
        projectId: vm.projectId,
        name,
        createdById: ctx.actor.userId,
        createdByName: ctx.actor.name,
        maxVisits,
        expiresAt,
        createdAt: now,
      },
    });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "vm.share_console",
        outcome: "ok",
        projectId: vm.projectId,
        targetType: "vm",
        targetId: vm.id,
        targetName: vm.name,
        detail: { shareId: made.id, name, maxVisits, expiresAt: expiresAt.toISOString() },
      },
    );
    return made;
  });
  return { share: toShareView(row), path: `${sharePath}#${secret}` };
}

function tooMany(): AppError {
  return new AppError({
    code: "conflict.rule",
    message: `${mostShares} links to the screen hold`,
    userMessage: { key: "share.too_many", values: { limit: mostShares } },
  });
}
