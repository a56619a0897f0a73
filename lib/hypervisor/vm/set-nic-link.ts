import { notFound } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { withLink } from "../xml/edit-nic";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const LIVE = 1;
const CONFIG = 2;

/**
 * Plugs the cable of a VM's network card in or out, in the running guest first and then for the
 * next boot: what the guest refuses changes nothing. Throws `not_found` when no card has that MAC.
 */
export function setNicLink(
  host: Host,
  uuid: string,
  nic: { mac: string; up: boolean },
): Promise<LiveVm> {
  return modify(host, uuid, async (dom) => {
    const runs = dom.id >= 0;
    const live = runs ? withLink(await vmXml(host, uuid, "live"), nic.mac, nic.up) : null;
    const next = withLink(await vmXml(host, uuid, "next"), nic.mac, nic.up);
    if (live === null && next === null) throw notFound("the network card");
    const update = (xml: string, flags: number) =>
      linkOf(host).call("domainUpdateDeviceFlags", { dom, xml, flags });
    if (live !== null) await update(live, LIVE);
    if (next !== null) await update(next, CONFIG);
  });
}
