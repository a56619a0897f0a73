import { holdStill, letGo } from "../guest/hold-still";
import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { type BackupFile, buildBackup } from "../xml/build-backup";

/** virDomainBackupBeginFlags: the files are there already. */
const REUSE_EXTERNAL = 1;
const BEGIN_DEADLINE_MS = 60_000;

/**
 * Has the QEMU of a running VM write what its disks hold at this moment into files that are there
 * (see `followBackup`); the guest runs on. With `quiesce` the guest's agent holds its file systems
 * for that moment: the answer is whether it did. Throws `vm.bad_state` when the VM is off and
 * `host.refused` with libvirt's words, for example while another job runs.
 */
export async function beginBackup(
  host: Host,
  uuid: string,
  files: readonly BackupFile[],
  quiesce: boolean,
): Promise<boolean> {
  const link = linkOf(host);
  return link.turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    const dom = await domainRefOf(host, uuid);
    const frozen = quiesce && (await holdStill(host, uuid));
    try {
      await link.call(
        "domainBackupBegin",
        { dom, backupXml: buildBackup(files), checkpointXml: null, flags: REUSE_EXTERNAL },
        { deadlineMs: BEGIN_DEADLINE_MS },
      );
    } finally {
      if (frozen) await letGo(host, uuid);
    }
    return frozen;
  });
}
