import { createHash } from "node:crypto";
import type { ByteSource } from "@/lib/model/iso/bytes";
import { partOf } from "./part-of";
import type { TarFile } from "./read-tar";
import { refuse } from "./refuse";

interface Digest {
  name: string;
  algorithm: string;
  hex: string;
}

const algorithms: Record<string, number> = { sha1: 40, sha256: 64, sha512: 128 };
const chunkBytes = 1024 * 1024;

/** The lines of a list of checksums. Throws `input.invalid` for anything else in it. */
export function readManifest(bytes: Uint8Array): Digest[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, kind = "", name = "", hex = ""] =
        /^(SHA-?\d+)\s*\(([^()]+)\)\s*=\s*([0-9a-f]+)\s*$/i.exec(line) ?? [];
      const algorithm = kind.toLowerCase().replace("-", "");
      if (hex === "" || algorithms[algorithm] !== hex.length) throw refuse("manifest_damaged");
      return { name, algorithm, hex: hex.toLowerCase() };
    });
}

/**
 * Compares every file that the list names with the archive, and asks that it names those that are
 * taken. `onBytes` gets what was read so far. Throws `input.invalid` with the file's name.
 */
export async function verifyManifest(
  source: ByteSource,
  files: readonly TarFile[],
  digests: readonly Digest[],
  taken: readonly string[],
  { signal, onBytes }: { signal: AbortSignal; onBytes(bytes: number): void },
): Promise<void> {
  const listed = new Set(digests.map(({ name }) => name));
  const unlisted = taken.find((name) => !listed.has(name));
  if (unlisted !== undefined) throw refuse("manifest_missing", { name: unlisted });
  let done = 0;
  for (const { name, algorithm, hex } of digests) {
    const file = files.find((each) => each.name === name);
    if (file === undefined) throw refuse("manifest_missing", { name });
    const part = partOf(source, file);
    const hash = createHash(algorithm);
    for (let at = 0; at < file.sizeBytes; at += chunkBytes) {
      signal.throwIfAborted();
      const bytes = await part.read(at, chunkBytes);
      hash.update(bytes);
      done += bytes.length;
      onBytes(done);
    }
    if (hash.digest("hex") !== hex) throw refuse("manifest_digest", { name });
  }
}
