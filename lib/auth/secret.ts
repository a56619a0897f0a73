import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/env";
import { once } from "@/lib/runtime/once";

/** The key that seals session cookies; from the settings, or kept in the data directory. */
export function authSecret(): string {
  return once("auth-secret", () => env().NEXTAUTH_SECRET ?? keptSecret(env().PORTICO_DATA));
}

/** The secret in `<folder>/auth-secret`, made (mode 600) when it is absent. */
export function keptSecret(folder: string): string {
  const file = join(folder, "auth-secret");
  const kept = read(file);
  if (kept !== null) return kept;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Written whole under another name and then linked: of two processes that start together
  // one wins, and neither reads half a secret.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  const made = read(file);
  if (made === null) throw new Error(`${file} was removed while the portal started`);
  return made;
}

function read(file: string): string | null {
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret.length >= 32) return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  throw new Error(`${file} holds no usable secret: remove it, and everybody signs in anew`);
}
