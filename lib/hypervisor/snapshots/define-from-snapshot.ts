import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { type DiskFiles, domainOf } from "../xml/edit-snapshot";
import { snapshotXml } from "./refs";

/** libvirt may look into QEMU's abilities first, which takes long on a loaded machine. */
const DEFINE_DEADLINE_MS = 60_000;

/** Defines a VM that is off as it was at a snapshot, with its disks on these files. */
export async function defineFromSnapshot(
  host: Host,
  uuid: string,
  name: string,
  files: DiskFiles,
): Promise<void> {
  const xml = domainOf(await snapshotXml(host, uuid, name), files);
  await defineXml(host, uuid, xml);
}

/** Defines a VM by a definition that it had. */
export async function defineXml(host: Host, uuid: string, xml: string): Promise<void> {
  const link = linkOf(host);
  const options = { deadlineMs: DEFINE_DEADLINE_MS };
  await link.turns.take(uuid, PERSON_DEADLINE_MS, () =>
    link.call("domainDefineXmlFlags", { xml, flags: 0 }, options),
  );
  await host.inventory.refresh(uuid);
}
