import type { TunedParts } from "@/lib/model/tuning";
import type { Host, LiveVm } from "../types";
import { readTuning, withTuning } from "../xml/tuning";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/** What runs (null when it is off) and what the next start has. Throws `not_found` and `host.*`. */
export async function readTuned(
  host: Host,
  uuid: string,
): Promise<{ now: TunedParts | null; next: TunedParts }> {
  const { live, next } = await readDefinitions(host, uuid);
  return { now: live && readTuning(live.root), next: readTuning(next.root) };
}

/**
 * Memory and I/O threads of the VM's next start. Throws `conflict.stale` when it was redefined in
 * between, and `host.refused` with libvirt's words.
 */
export async function tuneVm(host: Host, uuid: string, asked: TunedParts): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  const domain = withTuning(next.root, asked);
  return redefineVm(host, uuid, { digest: next.digest, domain });
}
