import { AppError } from "@/lib/model/errors";
import type { Actor } from "@/lib/policies/actor";

/** Throws `auth.forbidden` for a project's token: it has no personal tokens, its maker's are his. */
export function assertOwnTokens({ token }: Actor): void {
  if (token === null || token.projectId === null) return;
  throw new AppError({
    code: "auth.forbidden",
    message: `token ${token.id} of a project asks for personal tokens`,
    userMessage: { key: "auth.project_token" },
  });
}
