import { createHash } from "node:crypto";

/** A short name of what is shown somewhere: another one when anything of it differs. */
export function revisionOf(shown: unknown): string {
  return createHash("sha1").update(JSON.stringify(shown)).digest("base64url").slice(0, 12);
}
