import { setTimeout as rest } from "node:timers/promises";
import { isAppError } from "@/lib/model/errors";
import { isAbsent } from "../errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { findVolume } from "./find-volume";

const lookEveryMs = 500;

/**
 * Resolves when libvirt does not write at the volume any more, or has none of that name. It goes on
 * for a caller that has left, cannot be told to stop, and lets nobody delete or read the volume
 * before. Rejects when the signal aborts, and with `host.*` errors.
 */
export async function awaitBuilt(
  host: Host,
  pool: string,
  volume: string,
  signal?: AbortSignal,
): Promise<void> {
  while (await isBeingBuilt(host, pool, volume)) await rest(lookEveryMs, undefined, { signal });
}

async function isBeingBuilt(host: Host, pool: string, volume: string): Promise<boolean> {
  try {
    const vol = await findVolume(host, { pool, volume, path: null });
    return await isRefused(() =>
      linkOf(host).download({ vol, offset: 0n, length: 512n, flags: 0 }, 512),
    );
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** That a volume is still being made is told by nothing but the refusal to read it. */
async function isRefused(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    if (isAppError(error, "vm.bad_state")) return true;
    throw error;
  }
}
