import type { Db } from "@/lib/db/client";
import type { AuditView } from "@/lib/model/audit";
import { auditOutcomes } from "@/lib/model/audit-actions";
import type { AuditRow } from "./read-rows";
import type { Reader } from "./reader";

/** The rows as their reader may see them, with the names that their ids have today. */
export async function toAuditViews(
  db: Db,
  rows: readonly AuditRow[],
  { shownIps }: Pick<Reader, "shownIps">,
): Promise<AuditView[]> {
  const ids = (pick: (row: AuditRow) => string | null) => ({
    id: { in: [...new Set(rows.map(pick).filter((each) => each !== null))] },
  });
  const targets = (type: string) => ids((row) => (row.targetType === type ? row.targetId : null));
  const [projects, tokens, vms, images, users] = await Promise.all([
    db.project.findMany({
      where: ids((row) => row.projectId),
      select: { id: true, slug: true, name: true },
    }),
    db.apiToken.findMany({ where: ids((row) => row.tokenId), select: { id: true, name: true } }),
    db.vm.findMany({ where: targets("vm"), select: { id: true } }),
    db.image.findMany({ where: targets("image"), select: { id: true } }),
    db.user.findMany({ where: targets("user"), select: { id: true } }),
  ]);
  const projectOf = new Map(projects.map((each) => [each.id, each]));
  const tokenName = new Map(tokens.map((each) => [each.id, each.name]));
  const there = new Set([...vms, ...images, ...users].map((each) => each.id));
  return rows.map((row) => ({
    seq: row.seq,
    hash: row.hash,
    at: row.at.toISOString(),
    actor: {
      id: row.actorId,
      name: row.actorName,
      token:
        row.tokenId === null ? null : { id: row.tokenId, name: tokenName.get(row.tokenId) ?? null },
    },
    ip: shownIps === null || (row.actorId !== null && shownIps.has(row.actorId)) ? row.ip : null,
    action: row.action,
    outcome: auditOutcomes.find((each) => each === row.outcome) ?? "failed",
    project:
      row.projectId === null
        ? null
        : (projectOf.get(row.projectId) ?? { id: row.projectId, slug: null, name: null }),
    target:
      row.targetType === null
        ? null
        : {
            type: row.targetType,
            id: row.targetId,
            name: row.targetName,
            exists: row.targetId !== null && there.has(row.targetId),
          },
    detail: factsOf(row.detail),
    requestId: row.requestId,
  }));
}

/** A row that was tampered with must not keep the others from being read. */
function factsOf(detail: string): AuditView["detail"] {
  try {
    return JSON.parse(detail) as AuditView["detail"];
  } catch {
    return { unreadable: detail };
  }
}
