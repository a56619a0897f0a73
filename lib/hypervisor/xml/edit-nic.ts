import { attribute, childrenOf, find } from "./query";
import { element, parseXml, printXml } from "./tree";

/**
 * The XML of the network card with that MAC, its link up or down, for a device update; null when
 * the domain has none. The rest of the card is as it was.
 */
export function withLink(domainXml: string, mac: string, up: boolean): string | null {
  const nics = childrenOf(find(parseXml(domainXml), "devices"), "interface");
  const wanted = mac.toLowerCase();
  const nic = nics.find(
    (each) => attribute(find(each, "mac"), "address")?.toLowerCase() === wanted,
  );
  if (nic === undefined) return null;
  nic.children = nic.children.filter((child) => typeof child === "string" || child.name !== "link");
  nic.children.push(element("link", { state: up ? "up" : "down" }));
  return printXml(nic);
}
