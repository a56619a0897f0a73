import { element, printXml } from "./tree";

/** A disk of a running domain, and the file that its content goes to. */
export interface BackupFile {
  target: string;
  /** Path of a qcow2 file of the disk's size that is there already. */
  path: string;
}

/** XML of a backup that QEMU writes itself; disks that are not named are left out. */
export function buildBackup(files: readonly BackupFile[]): string {
  const disks = files.map(({ target, path }) =>
    element("disk", { name: target, backup: "yes", type: "file" }, [
      element("driver", { type: "qcow2" }),
      element("target", { file: path }),
    ]),
  );
  return printXml(element("domainbackup", { mode: "push" }, [element("disks", {}, disks)]));
}
