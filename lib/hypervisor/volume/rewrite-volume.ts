import { setTimeout as rest } from "node:timers/promises";
import type { DiskFormat } from "@/lib/model/vm";
import { linkOf } from "../link";
import type { Host, Place } from "../types";
import { readVolume } from "../volumes";
import { buildVolume } from "../xml/volume";
import { findVolume } from "./find-volume";

export interface RewriteSpec {
  from: Place;
  to: { pool: string; volume: string; format: DiskFormat };
  capacityBytes: number;
}

const lookEveryMs = 500;

/**
 * Has the host write a volume's content into a new one, in a format and pool of choice; `onProgress` gets
 * what the new one takes so far, in bytes. An abort ends the wait and not the writing: nothing in
 * libvirt ends that (see `awaitBuilt`). Throws `conflict.exists`, and `host.refused` when it fails;
 * libvirt itself removes the new one then.
 */
export async function rewriteVolume(
  host: Host,
  spec: RewriteSpec,
  signal: AbortSignal,
  onProgress: (allocationBytes: number) => void,
): Promise<void> {
  const { from, to, capacityBytes } = spec;
  const link = linkOf(host);
  const { pool } = await link.call("storagePoolLookupByName", { name: to.pool });
  const clonevol = await findVolume(host, from);
  const xml = buildVolume({ name: to.volume, format: to.format, capacityBytes });
  let ended = false;
  const work = link
    .callApart("storageVolCreateXmlFrom", { pool, xml, clonevol, flags: 0 }, signal)
    .finally(() => {
      ended = true;
    });
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  while (!ended) {
    await Promise.race([settled, rest(lookEveryMs)]);
    if (ended) break;
    // A look that fails is no news: the writing itself tells how it ends.
    const info = await readVolume(host, to.pool, to.volume).catch(() => null);
    if (info !== null) onProgress(info.allocationBytes);
  }
  await work;
}
