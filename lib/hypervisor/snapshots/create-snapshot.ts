import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { buildSnapshot, type SnapshotDiskSpec } from "../xml/build-snapshot";
import { SNAPSHOT_DEADLINE_MS } from "./deadlines";

/** virDomainSnapshotCreateFlags. */
const DISK_ONLY = 16;
const QUIESCE = 64;
const ATOMIC = 128;

export interface NewSnapshot {
  name: string;
  description: string;
  /** Null: inside the disks, with the guest's memory when it runs. Else the files laid on top. */
  overlays: SnapshotDiskSpec[] | null;
  quiesce: boolean;
}

/**
 * Takes a snapshot; with files on top all of them or none. Throws `host.refused` with libvirt's
 * words, also when the guest's agent does not bring its file systems to rest; `not_found`.
 */
export async function createSnapshot(host: Host, uuid: string, spec: NewSnapshot): Promise<void> {
  const link = linkOf(host);
  const flags = spec.overlays === null ? 0 : DISK_ONLY | ATOMIC | (spec.quiesce ? QUIESCE : 0);
  await link.turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    const dom = await domainRefOf(host, uuid);
    await link.call(
      "domainSnapshotCreateXml",
      { dom, xmlDesc: buildSnapshot(spec), flags },
      { deadlineMs: SNAPSHOT_DEADLINE_MS },
    );
  });
  await host.inventory.refresh(uuid);
}
