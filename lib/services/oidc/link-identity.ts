import { isIssuer, type OidcSettings } from "@/lib/auth/oidc";
import { AppError } from "@/lib/model/errors";
import { assertPerson } from "@/lib/policies/assert-person";
import { writeAudit } from "@/lib/services/audit";
import type { Context } from "@/lib/services/context";
import { publish } from "@/lib/services/live/bus";
import { userTarget } from "@/lib/services/user/user-rules";
import { readClaims } from "./claims";
import { grantedRoles } from "./granted-roles";
import { syncRoles } from "./sync-roles";

/**
 * Links the actor's account with whom the provider has vouched for, who signs in with it from now
 * on. Throws `conflict.exists` when that identity is somebody else's, or the actor is linked
 * already; `auth.forbidden` for claims that are not of the configured provider.
 */
export async function linkIdentity(
  ctx: Omit<Context, "hosts" | "mail" | "log">,
  settings: OidcSettings,
  claims: unknown,
): Promise<void> {
  assertPerson(ctx.actor);
  const { userId } = ctx.actor;
  const person = readClaims(claims, settings.groupsClaim);
  if (person === null || !isIssuer(settings, person.issuer)) {
    throw new AppError({ code: "auth.forbidden", message: "claims of another provider" });
  }
  const { issuer } = settings;
  const { subject } = person;
  const changed = await ctx.db.$transaction(async (tx) => {
    const taken = {
      OR: [
        { issuer, subject },
        { issuer, userId },
      ],
    };
    if ((await tx.externalIdentity.count({ where: taken })) > 0) {
      throw new AppError({
        code: "conflict.exists",
        message: "this identity, or this account, is linked already",
        userMessage: { key: "user.oidc_taken" },
      });
    }
    await tx.externalIdentity.create({
      data: { issuer, subject, userId, createdAt: ctx.clock() },
    });
    const author = { ...ctx, db: tx };
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    await writeAudit(author, {
      action: "user.link_identity",
      outcome: "ok",
      ...userTarget(user),
      detail: { issuer, subject },
    });
    return syncRoles(author, user, grantedRoles(person.groups, settings.roles));
  });
  for (const projectId of changed) publish({ type: "rights", projectId, userId });
}
