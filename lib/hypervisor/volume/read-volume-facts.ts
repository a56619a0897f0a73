import { basename, dirname } from "node:path";
import type { VolumeRef } from "@/lib/libvirt";
import { isAbsent } from "../errors";
import { linkOf } from "../link";
import type { Host, Place } from "../types";
import { type ParsedVolume, parseVolume } from "../xml/volume-facts";
import { findVolume } from "./find-volume";

/** A disk's volume with what lies below it. */
export interface VolumeFacts extends ParsedVolume {
  pool: string;
  volume: string;
  /** The files below, next first; named as in their pool, or by their path when in another place. */
  chain: { name: string; format: string | null }[];
}

/** More files than that on top of each other are shown as far as that. */
const maxChain = 16;

/**
 * What libvirt says of a disk's volume. Throws `not_found` when it is in no pool. Files below are
 * looked up by name in the same pool; a path that leads elsewhere is told and not followed.
 */
export async function readVolumeFacts(host: Host, place: Place): Promise<VolumeFacts> {
  const vol = await findVolume(host, place);
  const own = await describe(host, vol);
  const chain: VolumeFacts["chain"] = [];
  let below = own.backing;
  while (below !== null && chain.length < maxChain) {
    const beside = own.path !== null && dirname(below.path) === dirname(own.path);
    const name = beside ? basename(below.path) : below.path;
    chain.push({ name, format: below.format });
    below = beside ? await belowOf(host, { pool: vol.pool, volume: name, path: null }) : null;
  }
  return { ...own, pool: vol.pool, volume: vol.name, chain };
}

async function describe(host: Host, vol: VolumeRef): Promise<ParsedVolume> {
  return parseVolume((await linkOf(host).call("storageVolGetXmlDesc", { vol, flags: 0 })).xml);
}

async function belowOf(host: Host, place: Place): Promise<ParsedVolume["backing"]> {
  try {
    return (await describe(host, await findVolume(host, place))).backing;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
