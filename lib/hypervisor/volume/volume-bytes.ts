import { linkOf } from "../link";
import type { Host } from "../types";
import { findVolume } from "./find-volume";

/** All bytes of a volume's file, over libvirt and a connection of its own. Throws `not_found`. */
export async function* volumeBytes(
  host: Host,
  pool: string,
  volume: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const vol = await findVolume(host, { pool, volume, path: null });
  yield* linkOf(host).downloadAll({ vol, offset: 0n, length: 0n, flags: 0 }, signal);
}
