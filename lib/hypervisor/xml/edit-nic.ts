import { attribute, childrenOf, find } from "./query";
import { filterElement, type TrafficFilter } from "./traffic-filter";
import { element, parseXml, type XmlElement, type XmlNode } from "./tree";

export type NicEdit = (nic: XmlElement) => XmlElement;

/** The network card of a domain with that MAC; null when the domain has none. */
export function nicOf(domainXml: string, mac: string): XmlElement | null {
  const nics = childrenOf(find(parseXml(domainXml), "devices"), "interface");
  const wanted = mac.toLowerCase();
  return (
    nics.find((each) => attribute(find(each, "mac"), "address")?.toLowerCase() === wanted) ?? null
  );
}

/** The card with its cable in or out. */
export function withLink(nic: XmlElement, up: boolean): XmlElement {
  return replaced(nic, ["link"], [element("link", { state: up ? "up" : "down" })]);
}

/** The card in another network, with the filter that fits that one. */
export function withNetwork(
  nic: XmlElement,
  network: string,
  filter: TrafficFilter | null,
): XmlElement {
  const source = network === "user" ? null : element("source", { network });
  const moved = replaced(nic, ["source", "filterref"], [source, filter && filterElement(filter)]);
  return { ...moved, attributes: { ...moved.attributes, type: source ? "network" : "user" } };
}

/** The card as another model, wherever libvirt finds a place for one. */
export function withModel(nic: XmlElement, model: string): XmlElement {
  return replaced(nic, ["model", "address", "driver"], [element("model", { type: model })]);
}

function replaced(nic: XmlElement, gone: string[], come: (XmlNode | null)[]): XmlElement {
  const rest = nic.children.filter(
    (child) => typeof child === "string" || !gone.includes(child.name),
  );
  return { ...nic, children: [...rest, ...come.filter((child) => child !== null)] };
}
