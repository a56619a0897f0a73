import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { printXml } from "../xml/tree";
import { inBoth } from "./in-both";
import { domainRefOf, modify } from "./modify";
import { newNic } from "./new-nic";

const CONFIG = 2;

/**
 * Gives the VM one more network card, for every start and, where `live` is true, in the running
 * guest; libvirt does both or neither. Throws `host.refused` with libvirt's words.
 */
export async function addNic(
  host: Host,
  uuid: string,
  { live, ...nic }: { mac: string; network: string; model: string; live: boolean },
): Promise<LiveVm> {
  const link = linkOf(host);
  const xml = printXml(await newNic(host, nic));
  return modify(host, uuid, (dom) => {
    const attach = (flags: number) => link.call("domainAttachDeviceFlags", { dom, xml, flags });
    return live ? inBoth(dom, () => domainRefOf(host, uuid), attach) : attach(CONFIG);
  });
}
