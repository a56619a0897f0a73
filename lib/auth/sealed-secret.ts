import { formerSecrets } from "./former-secrets";
import { openWith, sealWith } from "./seal";
import { authSecret } from "./secret";

/**
 * Seals a secret for the database: who reads a copy of the table learns nothing, and who may
 * write to it cannot give one person another's, for the owner is sealed in.
 */
export function sealSecret(secret: string, owner: string): string {
  return sealWith(authSecret(), secret, owner);
}

/** What was sealed; null when it was tampered with or the installation's secret has changed. */
export function openSecret(sealed: string, owner: string): string | null {
  return openWith([authSecret(), ...formerSecrets()], sealed, owner);
}
