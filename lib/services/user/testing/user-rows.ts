import type { Db } from "@/lib/db/client";

/** Every row that use cases about people write, to show that nothing has moved. */
export async function userRows(db: Db): Promise<unknown> {
  return {
    users: await db.user.findMany({ orderBy: { id: "asc" } }),
    memberships: await db.membership.findMany({ orderBy: { userId: "asc" } }),
    sessions: await db.session.findMany({ orderBy: { id: "asc" } }),
    resets: await db.passwordReset.findMany(),
    keys: await db.sshKey.findMany(),
    identities: await db.externalIdentity.findMany(),
    tokens: await db.apiToken.findMany(),
    invitations: await db.invitation.findMany(),
  };
}
