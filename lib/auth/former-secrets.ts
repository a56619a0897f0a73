import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/env";
import { once } from "@/lib/runtime/once";

/**
 * The file in the data folder that holds the secrets which a rotation is about to leave behind,
 * a line each: while it is there, what they sealed can still be opened.
 */
export const formerSecretsFile = "auth-secret.former";

/** The secrets of a rotation that has not come to its end; none as a rule. */
export function formerSecrets(): readonly string[] {
  return once("former-secrets", () => readFormerSecrets(env().PORTICO_DATA));
}

export function readFormerSecrets(folder: string): string[] {
  try {
    const text = readFileSync(join(folder, formerSecretsFile), "utf8");
    return text.split("\n").filter((line) => line !== "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
