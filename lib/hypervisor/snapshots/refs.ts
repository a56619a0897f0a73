import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";

/** libvirt's reference of a snapshot. Throws `not_found` when the domain has none of that name. */
export async function snapshotRefOf(host: Host, uuid: string, name: string) {
  const dom = await domainRefOf(host, uuid);
  return (await linkOf(host).call("domainSnapshotLookupByName", { dom, name, flags: 0 })).snap;
}

/** libvirt's XML of a snapshot. Throws `not_found`. */
export async function snapshotXml(host: Host, uuid: string, name: string): Promise<string> {
  const snap = await snapshotRefOf(host, uuid, name);
  return (await linkOf(host).call("domainSnapshotGetXmlDesc", { snap, flags: 0 })).xml;
}
