import { element, printXml } from "./tree";

/** A disk of a running domain, and the file that its content goes to. */
export interface BackupFile {
  target: string;
  /** Path of a qcow2 file of the disk's size that is there already. */
  path: string;
}

/**
 * XML of a backup that QEMU writes itself; disks that are not named are left out. With `since`, a
 * checkpoint's name, only what was written after that.
 */
export function buildBackup(files: readonly BackupFile[], since: string | null): string {
  const disks = files.map(({ target, path }) =>
    element("disk", { name: target, backup: "yes", type: "file" }, [
      element("driver", { type: "qcow2" }),
      element("target", { file: path }),
    ]),
  );
  return printXml(
    element("domainbackup", { mode: "push" }, [
      since === null ? null : element("incremental", {}, [since]),
      element("disks", {}, disks),
    ]),
  );
}

/** XML of the checkpoint that is taken with a backup of these disks. */
export function buildCheckpoint(name: string, files: readonly BackupFile[]): string {
  const disks = files.map(({ target }) =>
    element("disk", { name: target, checkpoint: "bitmap" }, []),
  );
  return printXml(
    element("domaincheckpoint", {}, [element("name", {}, [name]), element("disks", {}, disks)]),
  );
}
