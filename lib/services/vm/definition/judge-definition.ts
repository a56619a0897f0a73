import type { Vm } from "@/lib/db/generated/client";
import { compareDomains } from "@/lib/hypervisor/xml/definition/compare-domains";
import {
  type PlannedDomain,
  planDefinition,
} from "@/lib/hypervisor/xml/definition/plan-definition";
import { readTyped } from "@/lib/hypervisor/xml/definition/read-typed";
import { unveiled, veiled } from "@/lib/hypervisor/xml/definition/veil";
import { printXml } from "@/lib/hypervisor/xml/tree";
import { AppError } from "@/lib/model/errors";
import { can } from "@/lib/policies/can";
import type { Context } from "../../context";
import { countQuota } from "../../quota/count-quota";
import { type FoundDefinition, findDefinition, hidesHost, shownText } from "./find-definition";
import { ownThings } from "./own-things";

export interface AskedDefinition {
  vmId: string;
  xml: string;
  /** Of the definition that was read before; absent: whichever there is. */
  digest?: string | undefined;
}

/**
 * The plan of a definition, from what libvirt has this moment. Throws `input.invalid` on what is
 * no definition, and `conflict.stale`, with the version that stands, when another was decided by.
 */
export async function judgeDefinition(
  ctx: Context,
  row: Vm,
  asked: AskedDefinition,
): Promise<{ plan: PlannedDomain; found: FoundDefinition }> {
  const typed = readTyped(asked.xml);
  const found = await findDefinition(ctx, row);
  const { host, live, now, next } = found;
  if (asked.digest !== undefined && asked.digest !== next.digest) {
    throw new AppError({
      code: "conflict.stale",
      message: `the definition of ${row.id} has changed`,
      userMessage: { key: "definition.stale" },
      details: { current: shownText(ctx, next) },
    });
  }
  const disks = await ctx.db.disk.findMany({ where: { vmId: row.id }, select: { target: true } });
  const plan = planDefinition({
    digest: next.digest,
    current: next.root,
    asked: unveiled(typed, next.root),
    running: now !== null,
    ours: await ownThings(ctx, row, host, live),
    disks: new Set(disks.map(({ target }) => target)),
    mayBeUnusual: can(ctx.actor, "vm.edit_definition"),
    row,
    reported: live,
    quota: await countQuota(ctx.db, ctx.hosts, row.projectId),
    host: host.view(),
  });
  return { plan, found };
}

/** A plan as the actor may read it. */
export function shownPlan(ctx: Context, plan: PlannedDomain, found: FoundDefinition) {
  const { domain, ...rest } = plan;
  if (!hidesHost(ctx)) return rest;
  return {
    ...rest,
    before: printXml(veiled(found.next.root)),
    after: printXml(veiled(domain)),
    changes: compareDomains(veiled(found.next.root), veiled(domain), found.now !== null),
  };
}
