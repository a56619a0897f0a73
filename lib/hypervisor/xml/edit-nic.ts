import type { NicLimits } from "@/lib/model/nic";
import { withEachDevice } from "./devices";
import { attribute, childrenOf, find } from "./query";
import { filterElement, type TrafficFilter } from "./traffic-filter";
import { element, parseXml, type XmlElement, type XmlNode } from "./tree";

export type NicEdit = (nic: XmlElement) => XmlElement;

/** The network card of a domain with that MAC; null when the domain has none. */
export function nicOf(domainXml: string, mac: string): XmlElement | null {
  return findNic(parseXml(domainXml), mac);
}

/** The definition with that card as `edit` makes it, null without it; null when it has none. */
export function withNic(
  root: XmlElement,
  mac: string,
  edit: (nic: XmlElement) => XmlElement | null,
): XmlElement | null {
  const nic = findNic(root, mac);
  if (nic === null) return null;
  return withEachDevice(root, (device) => (device === nic ? edit(device) : device));
}

function findNic(root: XmlElement, mac: string): XmlElement | null {
  const nics = childrenOf(find(root, "devices"), "interface");
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

/** The card held to these limits and no others. */
export function withNicLimits(nic: XmlElement, limits: NicLimits): XmlElement {
  const directions = (["inbound", "outbound"] as const).flatMap((direction) => {
    const limit = limits[direction];
    return limit === null ? [] : [element(direction, { ...limit })];
  });
  return replaced(
    nic,
    ["bandwidth"],
    [directions.length === 0 ? null : element("bandwidth", {}, directions)],
  );
}

function replaced(nic: XmlElement, gone: string[], come: (XmlNode | null)[]): XmlElement {
  const rest = nic.children.filter(
    (child) => typeof child === "string" || !gone.includes(child.name),
  );
  return { ...nic, children: [...rest, ...come.filter((child) => child !== null)] };
}
