import { type OidcSettings, oidcSettings } from "@/lib/auth/oidc";
import { AppError, notFound } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { assertProvedRecently } from "@/lib/services/factor/assert-proved";
import { publish } from "@/lib/services/live/bus";
import { userTarget } from "@/lib/services/user/user-rules";
import { grantedRoles } from "./granted-roles";
import { syncRoles } from "./sync-roles";

/**
 * Parts the actor's account from the provider; roles that its groups gave go with it. Throws
 * `not_found` when they are not linked, `conflict.rule` when there is no password to sign in with
 * otherwise, `auth.forbidden` without a recent proof.
 */
export async function unlinkIdentity(
  ctx: Context,
  settings: OidcSettings | null = oidcSettings(),
): Promise<void> {
  assertPerson(ctx.actor);
  if (settings === null) throw notFound("OIDC provider");
  await assertProvedRecently(ctx);
  const { userId } = ctx.actor;
  const changed = await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (user.passwordHash === null) {
      throw new AppError({
        code: "conflict.rule",
        message: "no other way to sign in",
        userMessage: { key: "user.oidc_only_way" },
      });
    }
    const gone = await tx.externalIdentity.deleteMany({
      where: { userId, issuer: settings.issuer },
    });
    if (gone.count === 0) throw notFound("identity");
    const author = { ...ctx, db: tx };
    await writeAudit(author, {
      action: "user.unlink_identity",
      outcome: "ok",
      ...userTarget(user),
      detail: { issuer: settings.issuer },
    });
    return syncRoles(author, user, grantedRoles([], settings.roles));
  });
  for (const projectId of changed) publish({ type: "rights", projectId, userId });
}
