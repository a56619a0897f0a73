import { attribute, find } from "../query";
import type { XmlElement } from "../tree";

/**
 * A definition in which nothing is said twice that libvirt writes twice and does not take back:
 * its own schema refuses a screen whose socket is named beside the one of its listener.
 */
export function saidOnce(domain: XmlElement): XmlElement {
  const children = domain.children.map((child) => {
    if (typeof child === "string") return child;
    if (child.name === "devices") return saidOnce(child);
    const { socket, ...attributes } = child.attributes;
    const twice = socket !== undefined && attribute(find(child, "listen"), "socket") === socket;
    return child.name === "graphics" && twice ? { ...child, attributes } : child;
  });
  return { ...domain, children };
}
