import { visitSecretsIn } from "@/lib/auth/visit-cookie";
import { type OpenVisit, openVisitsOf } from "@/lib/console/visit";
import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { notFound } from "@/lib/model/errors";
import type { Context } from "../context";
import type { Visitor } from "../user/visitor";
import { requireLive } from "../vm/find-vm";

/** A visitor with the hosts, which his requests need and a stranger's do not. */
export type ScreenVisitor = Visitor & Pick<Context, "hosts">;

/**
 * The VM that this browser may watch by a link, by the secret in its cookie. Throws `not_found`
 * when the link holds no more or was another browser's, and what `requireLive` throws.
 */
export async function visitedVm(
  visitor: ScreenVisitor,
  shareId: string,
): Promise<{ visit: OpenVisit; row: Vm; host: Host; live: LiveVm }> {
  const visits = await openVisitsOf(visitor.db, visitSecretsIn(visitor.cookie), visitor.clock());
  const visit = visits.find((each) => each.share.id === shareId);
  if (visit === undefined) throw notFound(`console share ${shareId}`);
  const { vmId, projectId } = visit.share;
  const row = await visitor.db.vm.findFirst({ where: { id: vmId, projectId } });
  if (row === null) throw notFound(`vm ${vmId}`);
  return { visit, row, ...requireLive(visitor, row, { evenSaved: true }) };
}
