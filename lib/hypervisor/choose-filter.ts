import { isAbsent, isUnsupported } from "./errors";
import type { HostLink } from "./link";
import { filterForNetwork, type TrafficFilter } from "./xml/traffic-filter";

/**
 * The filter for a new card in a network; null for user-mode networking, and where the host's
 * libvirt does not have it: the doctor says so.
 */
export async function chooseFilter(link: HostLink, network: string): Promise<TrafficFilter | null> {
  if (link.mode !== "system" || network === "user") return null;
  try {
    const { net } = await link.call("networkLookupByName", { name: network });
    const { xml } = await link.call("networkGetXmlDesc", { net, flags: 0 });
    const filter = filterForNetwork(xml);
    if (filter !== null) await link.call("nwfilterLookupByName", { name: filter });
    return filter;
  } catch (error) {
    // Of a network that is not there, the start of the guest tells.
    if (isAbsent(error) || isUnsupported(error)) return null;
    throw error;
  }
}
