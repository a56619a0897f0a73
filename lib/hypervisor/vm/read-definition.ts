import { createHash } from "node:crypto";
import { linkOf } from "../link";
import type { Host } from "../types";
import { parseXml, type XmlElement } from "../xml/tree";
import { domainRefOf } from "./modify";

const SECURE = 1;
const INACTIVE = 2;

/** A definition as libvirt tells it, without secrets. */
export interface ReadDefinition {
  root: XmlElement;
  /** Of libvirt's own text. */
  digest: string;
}

/** Both definitions of a VM; `live` is null while it is off. Throws `not_found`. */
export async function readDefinitions(
  host: Host,
  uuid: string,
): Promise<{ live: ReadDefinition | null; next: ReadDefinition }> {
  const link = linkOf(host);
  const dom = await domainRefOf(host, uuid);
  const [next, live] = await Promise.all([
    link.call("domainGetXmlDesc", { dom, flags: INACTIVE }),
    dom.id < 0 ? null : link.call("domainGetXmlDesc", { dom, flags: 0 }),
  ]);
  return { live: live && read(live.xml), next: read(next.xml) };
}

/** The definition of the next boot with its secrets, which never leave this folder. */
export async function readSecureDefinition(host: Host, uuid: string): Promise<XmlElement> {
  const dom = await domainRefOf(host, uuid);
  const flags = INACTIVE | SECURE;
  return parseXml((await linkOf(host).call("domainGetXmlDesc", { dom, flags })).xml);
}

function read(xml: string): ReadDefinition {
  return { root: parseXml(xml), digest: createHash("sha256").update(xml).digest("hex") };
}
