import { AppError } from "@/lib/model/errors";
import type { Actor } from "./actor";

/**
 * For what belongs to a person alone: password, second factors, sessions. Throws
 * `auth.forbidden` for an API token, whatever its scopes.
 */
export function assertPerson(actor: Actor): void {
  if (actor.token === null) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `token ${actor.token.id} asks for what only a person may`,
    userMessage: { key: "auth.person_only" },
  });
}
