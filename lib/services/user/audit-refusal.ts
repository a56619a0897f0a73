import { writeAudit } from "@/lib/services/audit";
import { asAuthor, type Visitor } from "./visitor";

/** Writes down a refused sign-in, and at which factor; a null user is no account at all. */
export async function auditRefusal(
  visitor: Visitor,
  user: { id: string; email: string } | null,
  factor: string,
): Promise<void> {
  // A name that is no account's is not written down: people type passwords there.
  await writeAudit(asAuthor(visitor, visitor.db, null), {
    action: "session.sign_in",
    outcome: "refused",
    targetType: "user",
    targetId: user?.id,
    targetName: user?.email ?? "(no such account)",
    detail: { factor },
  });
}
