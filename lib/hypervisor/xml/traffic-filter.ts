import { childrenOf, find } from "./query";
import { element, parseXml, type XmlElement } from "./tree";

/**
 * What holds a guest to its own addresses. `clean-traffic`: MAC, and IP as DHCP has given it, with
 * no other protocol than IPv4 and ARP. `no-mac-spoofing`: the MAC alone, where the guest chooses
 * its addresses itself or speaks IPv6, which the first filter drops.
 */
export const trafficFilters = ["clean-traffic", "no-mac-spoofing"] as const;
export type TrafficFilter = (typeof trafficFilters)[number];

/**
 * The filter that fits libvirt's XML of a network; null where libvirt knows none: without a Linux
 * bridge of its own (macvtap, Open vSwitch) a card with a filter would not start.
 */
export function filterForNetwork(networkXml: string): TrafficFilter | null {
  const root = parseXml(networkXml);
  if (find(root, "bridge") === null || find(root, "virtualport") !== null) return null;
  const addresses = childrenOf(root, "ip");
  const hasDhcp = addresses.some((each) => find(each, "dhcp") !== null);
  const hasIpv6 = addresses.some((each) => each.attributes.family === "ipv6");
  return hasDhcp && !hasIpv6 ? "clean-traffic" : "no-mac-spoofing";
}

/**
 * The element of a card. By default libvirt would hold a guest to the first address that it uses;
 * an installer's need not be the installed system's, so the network's leases say what is right.
 */
export function filterElement(filter: TrafficFilter): XmlElement {
  const learning = element("parameter", { name: "CTRL_IP_LEARNING", value: "dhcp" });
  return element("filterref", { filter }, filter === "clean-traffic" ? [learning] : []);
}
