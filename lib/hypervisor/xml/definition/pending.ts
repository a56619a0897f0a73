import type { DefinitionChange, DefinitionPart } from "@/lib/model/definition";
import { modulesKib, withFittedCells } from "../memory-cells";
import { readSizes } from "../parse-domain";
import { attribute, childrenOf, find, textOf } from "../query";
import type { XmlElement, XmlNode } from "../tree";
import { atRest } from "./at-rest";
import { compareDomains } from "./compare-domains";
import { elementsOf, factsOf, unitsOf } from "./units";

/** What libvirt fills in at a start where a definition says nothing. */
const filledIn: readonly RegExp[] = [
  /^graphics@listen$/,
  /^graphics@port$/,
  /^graphics listen(#\d+)?@address$/,
  /^(serial|console|channel|parallel) source@tls$/,
  /^os (loader|nvram)/,
  // An empty drive has no format while it runs.
  /^disk driver@type$/,
];

/** Whether they wait is judged by the inventory's figures: no definition knows the balloon. */
export const sizeParts: readonly DefinitionPart[] = ["memory", "maxMemory", "vcpus"];

/** Whether the next boot has another definition than what runs, sizes apart. */
export function restDiffers(live: XmlElement, next: XmlElement): boolean {
  return pendingChanges(live, next).some(({ part }) => !sizeParts.includes(part));
}

/** What the next boot changes of what runs, without what every start fills in by itself. */
export function pendingChanges(live: XmlElement, next: XmlElement): DefinitionChange[] {
  return compareDomains(comparable(live, next), next, true).map((change) => ({
    ...change,
    when: "next_boot",
  }));
}

/** What runs, as it would be written down: what a start has filled in is as `next` says it. */
export function comparable(live: XmlElement, next: XmlElement): XmlElement {
  const rest = plugged(atRest(live), next);
  const wanted = unitsOf(next);
  const replaced = new Map<XmlElement, XmlElement>();
  for (const { key, element } of unitsOf(rest).values()) {
    const other = wanted.get(key)?.element;
    if (other !== undefined && onlyFilledIn(element, other)) replaced.set(element, other);
  }
  return swapped(rest, replaced);
}

/**
 * What runs, with the modules that it was given since its start as part of its memory: that is how
 * the next start has it.
 */
function plugged(live: XmlElement, next: XmlElement): XmlElement {
  const added = modulesKib(live) - modulesKib(next);
  if (added <= 0 || childrenOf(find(next, "devices"), "memory").length > 0) return live;
  const children = live.children.map((child): XmlNode => {
    if (typeof child === "string" || child.name !== "devices") return child;
    return { ...child, children: elementsOf(child).filter(({ name }) => name !== "memory") };
  });
  const whole = { ...live, children };
  return withFittedCells(whole, readSizes(whole));
}

function swapped(root: XmlElement, by: ReadonlyMap<XmlElement, XmlElement>): XmlElement {
  const children = root.children.map((child) => {
    if (typeof child === "string") return child;
    return child.name === "devices" ? swapped(child, by) : (by.get(child) ?? child);
  });
  return { ...root, children };
}

function onlyFilledIn(live: XmlElement, next: XmlElement): boolean {
  if (live.name === "cpu") return sameCpu(live, next);
  const before = factsOf(live);
  const after = factsOf(next);
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(path) === after.get(path)) continue;
    const place = path.startsWith("@") ? `${live.name}${path}` : `${live.name} ${path}`;
    // A start numbers virtio consoles anew.
    if (place === "console target@port") continue;
    const both = before.has(path) && after.has(path);
    if (both || !filledIn.some((each) => each.test(place))) return false;
  }
  return true;
}

/** A start writes out what a mode stands for; only what was asked for can be compared. */
function sameCpu(live: XmlElement, next: XmlElement): boolean {
  const asked = attribute(next, "mode");
  const expanded = attribute(live, "mode") === "custom" && asked === "host-model";
  if (!expanded && attribute(live, "mode") !== asked) return false;
  const model = (cpu: XmlElement) => textOf(find(cpu, "model"))?.trim() ?? "";
  if (asked === "custom" && model(live) !== model(next)) return false;
  const before = factsOf(live);
  const after = factsOf(next);
  return [...before.keys(), ...after.keys()]
    .filter((path) => /^(topology|numa)/.test(path))
    .every((path) => before.get(path) === after.get(path));
}
