import type { SnapshotStorage, SnapshotView } from "@/lib/model/snapshot";
import type { VmSizes } from "@/lib/model/vm";
import type { LiveDisk } from "../types";
import { readDisk, readHotAddedVcpus, readSizes } from "./parse-domain";
import { attribute, childrenOf, find, textOf, wholeNumber } from "./query";
import { parseXml, type XmlElement } from "./tree";

/** A snapshot as libvirt's XML tells it. */
export interface ParsedSnapshot {
  name: string;
  description: string | null;
  createdAt: string;
  parent: string | null;
  state: SnapshotView["state"];
  content: SnapshotView["content"];
  storage: SnapshotStorage;
  sizes: VmSizes;
  hotAddedVcpus: number;
  /** The disks as they were: where their content of that time lies. */
  disks: LiveDisk[];
  /** What lay in its CD drives. */
  media: LiveDisk[];
  /** Target → the file that was laid on top when it was taken. */
  overlays: Record<string, string>;
}

/** Reads libvirt's XML of one snapshot. Throws an Error when it is none. */
export function parseSnapshot(xml: string): ParsedSnapshot {
  const root = parseXml(xml);
  const name = textOf(find(root, "name"));
  if (root.name !== "domainsnapshot" || name === null) {
    throw new Error(`XML of <${root.name}> is not a snapshot`);
  }
  const domain = find(root, "domain");
  const next = find(root, "inactiveDomain") ?? domain;
  const memory = attribute(find(root, "memory"), "snapshot") ?? "no";
  const changed = childrenOf(find(root, "disks"), "disk");
  const drives = childrenOf(find(domain, "devices"), "disk").map(readDisk);
  return {
    name,
    description: textOf(find(root, "description")),
    createdAt: new Date(
      1000 * (wholeNumber(textOf(find(root, "creationTime"))) ?? 0),
    ).toISOString(),
    parent: textOf(find(root, "parent/name")),
    state: stateOf(textOf(find(root, "state"))),
    content: memory === "no" ? "disk" : "memory",
    storage: storageOf(memory, changed),
    sizes: next === null ? noSizes : readSizes(next),
    hotAddedVcpus: domain === null ? 0 : readHotAddedVcpus(domain),
    disks: drives.filter((drive) => drive.device === "disk"),
    media: drives.filter((drive) => drive.device === "cdrom" && isFilled(drive)),
    overlays: Object.fromEntries(
      changed.flatMap((disk) => {
        const file = attribute(find(disk, "source"), "file");
        const target = attribute(disk, "name");
        return file === null || target === null ? [] : [[target, file]];
      }),
    ),
  };
}

const noSizes: VmSizes = { vcpus: 0, maxVcpus: 0, memoryKib: 0, maxMemoryKib: 0 };

function isFilled(drive: LiveDisk): boolean {
  return drive.volume !== null || drive.path !== null;
}

function stateOf(text: string | null): SnapshotView["state"] {
  if (text === "running" || text === "paused") return text;
  if (text === "shutoff" || text === "crashed") return "off";
  // Of the disks alone: whether the guest ran is not told, and does not matter.
  return "other";
}

/** Memory in a file of its own is what only virsh makes, and libvirt 9 cannot revert to. */
function storageOf(memory: string, disks: readonly XmlElement[]): SnapshotStorage {
  if (memory === "external") return "mixed";
  const kinds = new Set(disks.map((disk) => attribute(disk, "snapshot")));
  if (kinds.has("internal")) return kinds.has("external") ? "mixed" : "internal";
  return kinds.has("external") && memory === "no" ? "external" : "mixed";
}
