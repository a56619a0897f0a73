import type { UnusualPart } from "@/lib/model/definition";
import { METADATA_NAMESPACE } from "../metadata";
import { attribute, childrenOf, find } from "../query";
import { printXml, type XmlElement } from "../tree";
import { type Allowed, allowedDomain, type Values } from "./allow-list";
import { elementsOf, unitsOf } from "./units";

/** What belongs to the VM's project: anything else is somebody else's. */
export interface OwnThings {
  /** "disk pool/volume" of its disks, "cdrom pool/volume" of what may lie in its drive. */
  volumes: ReadonlySet<string>;
  networks: ReadonlySet<string>;
  /** MAC addresses that the VM has, in lower case. */
  macs: ReadonlySet<string>;
}

/** One place beyond the allow-list; `element` is what to hide of it, `name` its attribute or null. */
export interface Finding extends UnusualPart {
  value: string;
  element: XmlElement;
  name: string | null;
}

/** Everything in a definition that Portico does not make by itself, by place. */
export function findUnusual(root: XmlElement): Finding[] {
  const found: Finding[] = [];
  for (const { key, element } of unitsOf(root).values()) {
    const isDevice = key.startsWith("devices/");
    const place = isDevice ? allowedDomain.children?.devices?.children : allowedDomain.children;
    // The domain's own attributes are a unit of their own.
    const rule = key === "domain" ? allowedDomain : own(place, element.name);
    walk(element, rule, key, found);
  }
  const devices = childrenOf(root, "devices");
  for (const extra of devices.slice(1)) found.push(beyond(extra, "devices#2"));
  for (const device of devices) attributesOf(device, {}, "devices", found);
  return found;
}

/** What is not the project's own, and what ties the definition to its VM. */
export function findForeign(root: XmlElement, ours: OwnThings): Finding[] {
  const found: Finding[] = [];
  const type = attribute(root, "type") ?? "";
  found.push({ kind: "identity", path: "domain@type", value: type, element: root, name: "type" });
  for (const { key, element } of unitsOf(root).values()) {
    const source = find(element, "source");
    const pool = attribute(source, "pool");
    const volume = attribute(source, "volume");
    if (element.name === "disk" && (pool !== null || volume !== null)) {
      const value = `${attribute(element, "device") ?? "disk"} ${pool}/${volume}`;
      if (!ours.volumes.has(value)) found.push(foreign("disk", `${key}/source`, value, element));
    }
    if (element.name !== "interface") continue;
    const network = attribute(source, "network");
    if (network !== null && !ours.networks.has(network)) {
      found.push(foreign("network", `${key}/source@network`, network, element));
    }
    const mac = attribute(find(element, "mac"), "address")?.toLowerCase() ?? "";
    if (!ours.macs.has(mac)) found.push(foreign("mac", `${key}/mac@address`, mac, element));
  }
  return found;
}

/** Findings that only one of two definitions has: what somebody wants to bring in or take out. */
export function newFindings(before: readonly Finding[], after: readonly Finding[]): UnusualPart[] {
  const id = ({ kind, path, value }: Finding) => `${kind} ${path} ${value}`;
  const old = new Set(before.map(id));
  const now = new Set(after.map(id));
  const fresh = [
    ...after.filter((each) => !old.has(id(each))),
    ...before.filter((each) => !now.has(id(each))),
  ];
  const byPlace = new Map(fresh.map(({ kind, path }) => [`${kind} ${path}`, { kind, path }]));
  return [...byPlace.values()];
}

/** Elements in a domain's metadata that carry Portico's namespace. */
export function ownerElements(root: XmlElement): XmlElement[] {
  const metadata = find(root, "metadata");
  if (metadata === null) return [];
  const inherited = Object.values(metadata.attributes).includes(METADATA_NAMESPACE);
  return elementsOf(metadata).filter(
    (child) => inherited || Object.values(child.attributes).includes(METADATA_NAMESPACE),
  );
}

function walk(
  element: XmlElement,
  rule: Allowed | undefined,
  path: string,
  found: Finding[],
): void {
  if (rule === undefined) {
    found.push(beyond(element, path));
    return;
  }
  if (rule.inert) return;
  attributesOf(element, rule, path, found);
  const seen = new Map<string, number>();
  for (const child of element.children) {
    if (typeof child === "string") {
      if (!matches(rule.text, child.trim())) {
        found.push({ kind: "value", path, value: child, element, name: null });
      }
      continue;
    }
    const nth = (seen.get(child.name) ?? 0) + 1;
    seen.set(child.name, nth);
    const step = nth === 1 ? child.name : `${child.name}#${nth}`;
    walk(child, own(rule.children, child.name), `${path}/${step}`, found);
  }
}

function attributesOf(element: XmlElement, rule: Allowed, path: string, found: Finding[]): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    const values = own(rule.attributes, name);
    if (matches(values, value)) continue;
    const kind = values === undefined ? "attribute" : "value";
    found.push({ kind, path: `${path}@${name}`, value, element, name });
  }
}

function matches(values: Values | undefined, value: string): boolean {
  if (values === undefined) return value === "";
  return values instanceof RegExp ? values.test(value) : values.includes(value);
}

function own<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}

function beyond(element: XmlElement, path: string): Finding {
  return { kind: "element", path, value: printXml(element), element, name: null };
}

function foreign(
  kind: UnusualPart["kind"],
  path: string,
  value: string,
  element: XmlElement,
): Finding {
  return { kind, path, value, element, name: null };
}
