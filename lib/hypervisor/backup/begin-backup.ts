import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { type BackupFile, buildBackup, buildCheckpoint } from "../xml/build-backup";

/** virDomainBackupBeginFlags: the files are there already. */
const REUSE_EXTERNAL = 1;
const BEGIN_DEADLINE_MS = 60_000;

/** Keeps a guest's file systems still for a moment. */
export interface Hold {
  /** Whether they are still now, and by this hold. */
  take(): Promise<boolean>;
  /** Called when `take` said so. */
  letGo(): Promise<void>;
}

export interface BeginBackup {
  files: readonly BackupFile[];
  /** The checkpoint since which changes are written; null: everything. */
  since: string | null;
  /** Name of the checkpoint that is taken at that moment; null: none. */
  checkpoint: string | null;
}

/**
 * Has the QEMU of a running VM write what its disks hold at this moment into files that are there
 * (see `followBackup`); the guest runs on. The answer is whether `hold` held its file systems for
 * that moment. Throws `vm.bad_state` when the VM is off and `host.refused` with libvirt's words,
 * for example while another job runs.
 */
export async function beginBackup(
  host: Host,
  uuid: string,
  { files, since, checkpoint }: BeginBackup,
  hold: Hold | null,
): Promise<boolean> {
  const link = linkOf(host);
  return link.turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    const dom = await domainRefOf(host, uuid);
    const held = hold !== null && (await hold.take());
    try {
      await link.call(
        "domainBackupBegin",
        {
          dom,
          backupXml: buildBackup(files, since),
          checkpointXml: checkpoint === null ? null : buildCheckpoint(checkpoint, files),
          flags: REUSE_EXTERNAL,
        },
        { deadlineMs: BEGIN_DEADLINE_MS },
      );
    } finally {
      if (held) await hold.letGo();
    }
    return held;
  });
}
