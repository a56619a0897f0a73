import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { formerSecretsFile } from "@/lib/auth/former-secrets";

/** The database and what its sealed columns and cookies are sealed with. */
export const backedUpFiles = [
  "portico.db",
  "secrets.env",
  "auth-secret",
  formerSecretsFile,
] as const;
export type BackedUpFile = (typeof backedUpFiles)[number];

export const manifestName = "manifest.json";

export const manifestSchema = z.object({
  format: z.literal("portico-backup-1"),
  createdAt: z.iso.datetime(),
  host: z.string().max(255),
  files: z.partialRecord(
    z.enum(backedUpFiles),
    z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().min(0) }),
  ),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** SHA-256 of a file, in hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
