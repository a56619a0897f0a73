import { chooseFilter } from "../choose-filter";
import { linkOf } from "../link";
import type { Host } from "../types";
import { nicElement } from "../xml/nic";
import type { XmlElement } from "../xml/tree";

/** One more network card, with the filter that fits its network. */
export async function newNic(
  host: Host,
  nic: { mac: string; network: string; model: string },
): Promise<XmlElement> {
  return nicElement(nic, await chooseFilter(linkOf(host), nic.network));
}
