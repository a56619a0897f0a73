import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formerSecretsFile } from "./former-secrets";

/** Where the installation's secret stands in its data folder. */
export interface SecretFile {
  path: string;
  secret: string;
  /** The file's text with another secret in its place. */
  textWith(secret: string): string;
}

const setting = /^NEXTAUTH_SECRET=(.*)$/m;

/**
 * The file whose secret a portal on this folder takes: the set-up's `secrets.env`, else the
 * `auth-secret` that a portal made for itself; null when there is none.
 */
export function findSecretFile(folder: string): SecretFile | null {
  const prepared = join(folder, "secrets.env");
  const text = read(prepared) ?? "";
  const secret = text.match(setting)?.[1]?.trim();
  if (secret) {
    const textWith = (other: string) => text.replace(setting, `NEXTAUTH_SECRET=${other}`);
    return { path: prepared, secret, textWith };
  }
  const path = join(folder, "auth-secret");
  const kept = read(path)?.trim();
  return kept ? { path, secret: kept, textWith: (other) => `${other}\n` } : null;
}

/**
 * Puts a new secret into the file and keeps the one that was there among the former ones, so
 * that at no moment something is sealed that nothing on the disk opens. Returns the new one.
 */
export function replaceSecret(folder: string, file: SecretFile): string {
  const secret = randomBytes(48).toString("base64url");
  writeWhole(join(folder, formerSecretsFile), `${file.secret}\n`);
  writeWhole(file.path, file.textWith(secret));
  return secret;
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
