import type { Db } from "@/lib/db/client";
import type { ProjectRole } from "@/lib/policies/permissions";
import { openInvitation } from "./invitation";

/**
 * What the page of a link says before it is accepted. Whether the invited address has an account
 * is not in it: who holds a link need not be that person.
 */
export interface InvitationOffer {
  email: string;
  projectName: string | null;
  role: ProjectRole | null;
  isAdmin: boolean;
  isAuditor: boolean;
  invitedByName: string;
  expiresAt: string;
}

/** The offer of a link, for whoever has it; null when it cannot be accepted any more. */
export async function readInvitation(
  from: { db: Db; clock: () => Date },
  token: string,
): Promise<InvitationOffer | null> {
  const row = await openInvitation(from.db, token, from.clock());
  if (row === null) return null;
  return {
    email: row.email,
    projectName: row.project?.name ?? null,
    role: row.role,
    isAdmin: row.isAdmin,
    isAuditor: row.isAuditor,
    invitedByName: row.invitedByName,
    expiresAt: row.expiresAt.toISOString(),
  };
}
