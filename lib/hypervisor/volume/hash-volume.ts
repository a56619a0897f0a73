import { createHash } from "node:crypto";
import { linkOf } from "../link";
import type { Host } from "../types";
import { findVolume } from "./find-volume";

/**
 * Length and SHA-256 of a volume's file, read over libvirt: also from a host that is elsewhere.
 * `onProgress` gets the bytes read so far; the signal ends it. Throws `not_found` when it is not
 * there, and `vm.bad_state` while libvirt is making it.
 */
export async function hashVolume(
  host: Host,
  pool: string,
  volume: string,
  signal: AbortSignal,
  onProgress: (readBytes: number) => void,
): Promise<{ sizeBytes: number; sha256: string }> {
  const vol = await findVolume(host, { pool, volume, path: null });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const whole = { vol, offset: 0n, length: 0n, flags: 0 };
  for await (const piece of linkOf(host).downloadAll(whole, signal)) {
    hash.update(piece);
    sizeBytes += piece.length;
    onProgress(sizeBytes);
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}
