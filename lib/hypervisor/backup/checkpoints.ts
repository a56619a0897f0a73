import { isAppError } from "@/lib/model/errors";
import { isAbsent } from "../errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";

const prefix = "portico-";
/** virDomainCheckpointDeleteFlags. */
const METADATA_ONLY = 2;
const DEADLINE_MS = 60_000;

/** Name of the checkpoint that is taken with a backup. */
export function checkpointName(backupId: string): string {
  return `${prefix}${backupId}`;
}

/** Names of the domain's checkpoints that backups of ours took; those of others are not our business. */
export async function listCheckpoints(host: Host, uuid: string): Promise<string[]> {
  try {
    const dom = await domainRefOf(host, uuid);
    const args = { dom, needResults: 1, flags: 0 };
    const { checkpoints } = await linkOf(host).call("domainListAllCheckpoints", args);
    return checkpoints.map((each) => each.name).filter((name) => name.startsWith(prefix));
  } catch (error) {
    if (isAppError(error, "host.unsupported")) return [];
    throw error;
  }
}

/**
 * Deletes a checkpoint of a running domain, and what its disks keep for it; one whose traces in the
 * disks are gone or broken is only forgotten. That it is not there is no error. Throws
 * `host.refused` or `host.unsupported` while the domain is off.
 */
export async function deleteCheckpoint(host: Host, uuid: string, name: string): Promise<void> {
  const link = linkOf(host);
  const options = { deadlineMs: DEADLINE_MS };
  try {
    const dom = await domainRefOf(host, uuid);
    const { checkpoint } = await link.call("domainCheckpointLookupByName", { dom, name, flags: 0 });
    try {
      await link.call("domainCheckpointDelete", { checkpoint, flags: 0 }, options);
    } catch (error) {
      if (!isAppError(error, "host.refused") || dom.id < 0) throw error;
      await link.call("domainCheckpointDelete", { checkpoint, flags: METADATA_ONLY }, options);
    }
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
