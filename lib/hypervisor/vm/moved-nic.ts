import { chooseFilter } from "../choose-filter";
import { linkOf } from "../link";
import type { Host } from "../types";
import { type NicEdit, withNetwork } from "../xml/edit-nic";

/** How a network card is put into another network, with the filter that fits that one. */
export async function movedNic(host: Host, network: string): Promise<NicEdit> {
  const filter = await chooseFilter(linkOf(host), network);
  return (nic) => withNetwork(nic, network, filter);
}
