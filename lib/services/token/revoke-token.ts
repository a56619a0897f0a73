import { announceEnded } from "@/lib/auth/session-events";
import { notFound } from "@/lib/model/errors";
import { assertCan, assertScope, can } from "@/lib/policies/can";
import { scope } from "@/lib/policies/scope";
import { sessionIdOfToken } from "@/lib/policies/token-rights";
import { writeAudit } from "../audit";
import type { Context } from "../context";

/**
 * Ends a token at once, with the consoles and uploads that are open on it: an own one, one of a
 * project whose tokens the actor manages, or, for an administrator, anybody's. A token may
 * always end itself. Everybody else's is `not_found`.
 */
export async function revokeToken(ctx: Context, input: { tokenId: string }): Promise<void> {
  const { actor, db } = ctx;
  const { projectId: mine } = scope(actor);
  const row = await db.apiToken.findFirst({
    where: { id: input.tokenId, revokedAt: null },
    select: { id: true, name: true, userId: true, projectId: true },
  });
  if (row === null) throw notFound("token");
  if (actor.token?.id !== row.id) {
    if (row.projectId !== null) {
      if (mine && !mine.in.includes(row.projectId)) throw notFound("token");
      assertCan(actor, "project_token.manage", row.projectId);
    } else {
      const own = row.userId === actor.userId && (actor.token?.projectId ?? null) === null;
      if (!own && !can(actor, "user.manage")) throw notFound("token");
      assertScope(actor, "token.write");
    }
  }
  await db.$transaction(async (tx) => {
    await tx.apiToken.update({ where: { id: row.id }, data: { revokedAt: ctx.clock() } });
    await writeAudit(
      { ...ctx, db: tx },
      {
        action: "token.revoke",
        outcome: "ok",
        projectId: row.projectId,
        targetType: "token",
        targetId: row.id,
        targetName: row.name,
      },
    );
  });
  announceEnded([sessionIdOfToken(row.id)]);
}
