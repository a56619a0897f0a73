import { element, printXml } from "./tree";

/** A disk of the VM, and the file that goes on top of it; null: the drive is left alone. */
export interface SnapshotDiskSpec {
  target: string;
  path: string | null;
}

/** XML of a snapshot that is to be taken. */
export function buildSnapshot(snapshot: {
  name: string;
  description: string;
  overlays: readonly SnapshotDiskSpec[] | null;
}): string {
  const { name, description, overlays } = snapshot;
  return printXml(
    element("domainsnapshot", {}, [
      element("name", {}, [name]),
      description === "" ? null : element("description", {}, [description]),
      overlays && element("memory", { snapshot: "no" }),
      overlays &&
        element(
          "disks",
          {},
          overlays.map(({ target, path }) =>
            path === null
              ? element("disk", { name: target, snapshot: "no" })
              : element("disk", { name: target, snapshot: "external", type: "file" }, [
                  element("driver", { type: "qcow2" }),
                  element("source", { file: path }),
                ]),
          ),
        ),
    ]),
  );
}
