import type { AuthDoor } from "@/lib/auth/config";
import { personOfSession } from "@/lib/auth/request-actor";
import { endSessionWith } from "@/lib/auth/session";
import { isAppError } from "@/lib/model/errors";
import { writeAudit } from "@/lib/services/audit";
import { auditRefusal } from "@/lib/services/audit/audit-refusal";
import { oidcDoor } from "@/lib/services/oidc/oidc-door";
import { signInSchema } from "./begin-sign-in";
import { signIn } from "./sign-in";
import { asAuthor, type Visitor } from "./visitor";

/**
 * Connects next-auth's own routes to the use cases that our forms call. `keepCheck` gives the
 * browser the cookie of a sign-in that waits for its second factor.
 */
export function nextAuthDoor(
  visitor: Visitor,
  keepCheck: (check: string) => Promise<void>,
): AuthDoor {
  const personOf = (secret: string) => personOfSession(secret, visitor.db, visitor.clock());
  return {
    signIn: async (given) => {
      const input = signInSchema.safeParse(given);
      if (!input.success) return null;
      try {
        return await signIn(visitor, input.data);
      } catch (error) {
        if (!isAppError(error)) throw error;
        await auditRefusal(visitor, error, "sign_in");
        return null;
      }
    },
    oidc: (claims) => oidcDoor(visitor, claims, keepCheck),
    signOut: async (secret) => {
      const person = await personOf(secret);
      await endSessionWith(visitor.db, secret, visitor.clock());
      if (person === null) return;
      const author = asAuthor(visitor, visitor.db, { id: person.userId, name: person.name });
      await writeAudit(author, { action: "session.sign_out", outcome: "ok" });
    },
    person: personOf,
  };
}
