import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { snapshotXml } from "./refs";

/** virDomainSnapshotCreateFlags. */
const REDEFINE = 1;
const CURRENT = 2;

/**
 * Changes what libvirt has written down of a snapshot, and nothing on any disk; the current one
 * stays the current one. Throws `not_found`.
 */
export async function redefineSnapshot(
  host: Host,
  uuid: string,
  name: string,
  change: (xml: string) => string,
  options: { current: boolean },
): Promise<void> {
  const link = linkOf(host);
  await link.turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    const xmlDesc = change(await snapshotXml(host, uuid, name));
    const dom = await domainRefOf(host, uuid);
    const flags = REDEFINE | (options.current ? CURRENT : 0);
    await link.call("domainSnapshotCreateXml", { dom, xmlDesc, flags });
  });
  await host.inventory.refresh(uuid);
}
