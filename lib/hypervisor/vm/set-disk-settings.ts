import type { DiskSettings } from "@/lib/model/disk-settings";
import { notFound } from "@/lib/model/errors";
import type { Host, LiveVm } from "../types";
import { withDiskSettings } from "../xml/disk-settings";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Gives the disk at `target` these settings from the VM's next start on. Throws `not_found` when
 * that has no such disk, `conflict.stale` when the VM was redefined in between, and `host.refused`
 * with libvirt's words.
 */
export async function setDiskSettings(
  host: Host,
  uuid: string,
  target: string,
  settings: DiskSettings,
): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  const domain = withDiskSettings(next.root, target, settings);
  if (domain === null) throw notFound(`disk ${target} of ${uuid}`);
  return redefineVm(host, uuid, { digest: next.digest, domain });
}
