import { attribute, find, sizeBytesOf, textOf } from "../query";
import type { XmlElement } from "../tree";

/** What is told as one thing: an element of the domain, or one of its devices. */
export interface Unit {
  /** The same for the same thing in two definitions: "devices/disk[vda]". */
  key: string;
  element: XmlElement;
  /** Which one of several; empty where there is one. */
  subject: string;
}

/** Elements of a domain that hold a size in KiB. */
export const sizeElements: readonly string[] = ["memory", "currentMemory", "maxMemory"];

/** All parts of a domain by their keys, in the order of the definition. */
export function unitsOf(root: XmlElement): Map<string, Unit> {
  const units = new Map<string, Unit>();
  const add = (prefix: string, element: XmlElement, named: string) => {
    const base = `${prefix}${element.name}${named === "" ? "" : `[${named}]`}`;
    let key = base;
    for (let nth = 2; units.has(key); nth += 1) key = `${base}#${nth}`;
    units.set(key, { key, element, subject: named });
  };
  const { id: _ofThisRun, ...attributes } = root.attributes;
  add("", { name: "domain", attributes, children: [] }, "");
  for (const child of elementsOf(root)) {
    if (child.name !== "devices") add("", child, "");
    else for (const device of elementsOf(child)) add("devices/", device, nameOf(device));
  }
  return units;
}

/** What tells one device from its like, whatever its place in the list. */
function nameOf(device: XmlElement): string {
  const own = (path: string, name: string) => attribute(find(device, path), name) ?? "";
  const at = (name: string) => attribute(device, name) ?? "";
  switch (device.name) {
    case "disk":
    case "filesystem":
      return own("target", device.name === "disk" ? "dev" : "dir");
    case "interface":
      return own("mac", "address").toLowerCase();
    case "controller":
      return `${at("type")} ${at("index")}`.trim();
    case "graphics":
    case "redirdev":
      return at("type");
    case "serial":
    case "parallel":
      return own("target", "port");
    case "console":
      // A start numbers virtio consoles anew.
      if (own("target", "type") === "virtio") return "virtio";
      return `${own("target", "type") || "serial"} ${own("target", "port")}`.trim();
    case "channel":
      return own("target", "name");
    case "input":
      return `${at("type")} ${at("bus")}`.trim();
    default:
      return at("model") || at("id");
  }
}

/** Child elements, in order. */
export function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => typeof child === "object");
}

/** Everything that a unit says, by where it says it: attributes, text, and that an element is there. */
export function factsOf(element: XmlElement): Map<string, string> {
  const facts = new Map<string, string>();
  collect(element, "", facts);
  return facts;
}

function collect(element: XmlElement, path: string, facts: Map<string, string>): void {
  const { unit, ...attributes } = element.attributes;
  const isSize = path === "" && sizeElements.includes(element.name);
  const kib = isSize ? sizeKib(element) : null;
  for (const [name, value] of Object.entries(kib === null ? element.attributes : attributes)) {
    facts.set(`${path}@${name}`, value);
  }
  const text = kib === null ? (textOf(element)?.trim() ?? "") : String(kib);
  const elements = elementsOf(element);
  if (text !== "" || (elements.length === 0 && Object.keys(element.attributes).length === 0)) {
    facts.set(path, text);
  }
  const seen = new Map<string, number>();
  for (const child of elements) {
    const nth = (seen.get(child.name) ?? 0) + 1;
    seen.set(child.name, nth);
    const step = nth === 1 ? child.name : `${child.name}#${nth}`;
    collect(child, path === "" ? step : `${path}/${step}`, facts);
  }
}

function sizeKib(element: XmlElement): number | null {
  const bytes = sizeBytesOf(element, "KiB");
  return bytes === null ? null : Math.floor(bytes / 1024);
}
