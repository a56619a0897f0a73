import { isIssuer, type OidcSettings } from "@/lib/auth/oidc";
import type { Prisma, User } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import { logger } from "@/lib/log";
import { type AuditContext, writeAudit } from "@/lib/services/audit";
import { publish } from "@/lib/services/live/bus";
import { admitUser, type PendingSignIn, type SignedIn } from "@/lib/services/user/admit-user";
import { userTarget } from "@/lib/services/user/user-rules";
import { asAuthor, type Visitor } from "@/lib/services/user/visitor";
import { type OidcPerson, readClaims } from "./claims";
import { grantedRoles } from "./granted-roles";
import { syncRoles } from "./sync-roles";

/**
 * Signs in whom the provider has vouched for, up to a second factor that they have set up here
 * besides. The account is found by issuer and subject
 * alone, never by the address. A stranger gets an account where that is set, the address is
 * verified and nobody has it. Roles follow the groups at every sign-in. Returns null when there
 * is no account for this person, or it is disabled: in the same way, and nothing has moved.
 */
export async function signInByOidc(
  visitor: Visitor,
  settings: OidcSettings,
  claims: unknown,
): Promise<SignedIn | PendingSignIn | null> {
  const person = readClaims(claims, settings.groupsClaim);
  if (person === null || !isIssuer(settings, person.issuer)) {
    logger().warn({ issuer: person?.issuer }, "the OIDC provider sent claims that cannot be used");
    return null;
  }
  const done = await visitor.db.$transaction(async (tx) => {
    const user = await findOrMake(visitor, tx, settings, person);
    if (user === null || user.disabledAt !== null) return null;
    const author = { ...asAuthor(visitor, tx, user), db: tx };
    const changed = await syncRoles(author, user, grantedRoles(person.groups, settings.roles));
    return { step: await admitUser(visitor, tx, user, "oidc"), changed, userId: user.id };
  });
  if (done === null) {
    await writeAudit(asAuthor(visitor, visitor.db, null), {
      action: "session.sign_in",
      outcome: "refused",
      targetType: "user",
      targetName: "(no account, or disabled)",
      detail: { factor: "oidc", issuer: person.issuer, subject: person.subject },
    });
    return null;
  }
  const { step, changed, userId } = done;
  for (const projectId of changed) publish({ type: "rights", projectId, userId });
  return step;
}

async function findOrMake(
  visitor: Visitor,
  tx: Prisma.TransactionClient,
  settings: OidcSettings,
  person: OidcPerson,
): Promise<User | null> {
  const key = { issuer: settings.issuer, subject: person.subject };
  const known = await tx.externalIdentity.findUnique({
    where: { issuer_subject: key },
    include: { user: true },
  });
  if (known !== null) return known.user;
  const email = person.verifiedEmail;
  if (!settings.signUp || email === null) return null;
  // Whose it is must sign in here first, and link the two.
  if ((await tx.user.count({ where: { email } })) > 0) return null;
  const now = visitor.clock();
  const user = await tx.user.create({
    data: {
      id: newId(),
      email,
      name: person.name ?? email.split("@")[0] ?? email,
      createdAt: now,
      identities: { create: { ...key, createdAt: now } },
    },
  });
  const author: AuditContext = asAuthor(visitor, tx, user);
  await writeAudit(author, {
    action: "user.sign_up",
    outcome: "ok",
    ...userTarget(user),
    detail: { issuer: person.issuer, subject: person.subject },
  });
  return user;
}
