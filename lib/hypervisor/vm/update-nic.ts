import type { DomainRef } from "@/lib/libvirt";
import { notFound } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { type NicEdit, nicOf } from "../xml/edit-nic";
import { printXml, type XmlElement } from "../xml/tree";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;

/**
 * Changes a VM's network card, in the running guest first and then for the next boot: what the
 * guest refuses changes nothing, and what the definition refuses is taken back in the guest. `live`
 * is done one after another, and left out for what cannot change while it runs. Throws `not_found`
 * when no card has that MAC.
 */
export function updateNic(
  host: Host,
  uuid: string,
  mac: string,
  edits: { live: readonly NicEdit[]; next: NicEdit },
): Promise<LiveVm> {
  return modify(host, uuid, async (dom) => {
    const runs = dom.id >= 0;
    const live = runs ? nicOf(await vmXml(host, uuid, "live"), mac) : null;
    const next = nicOf(await vmXml(host, uuid, "next"), mac);
    if (live === null && next === null) throw notFound("the network card");
    let done = false;
    try {
      for (const edit of edits.live) {
        if (live === null) break;
        await update(host, dom, edit(live), LIVE);
        done = true;
      }
      if (next !== null) await update(host, dom, edits.next(next), CONFIG);
    } catch (error) {
      if (done && live !== null) await update(host, dom, live, LIVE).catch(() => undefined);
      throw error;
    }
  });
}

async function update(host: Host, dom: DomainRef, nic: XmlElement, flags: number): Promise<void> {
  await linkOf(host).call("domainUpdateDeviceFlags", { dom, xml: printXml(nic), flags });
}
