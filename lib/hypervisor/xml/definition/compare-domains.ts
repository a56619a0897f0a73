import type { DefinitionChange, DefinitionFact, DefinitionPart } from "@/lib/model/definition";
import { attribute } from "../query";
import type { XmlElement } from "../tree";
import { factsOf, sizeElements, type Unit, unitsOf } from "./units";

const partOf: Record<string, DefinitionPart> = {
  name: "name",
  uuid: "uuid",
  title: "title",
  description: "description",
  metadata: "metadata",
  domain: "virtType",
  currentMemory: "memory",
  memory: "maxMemory",
  vcpu: "vcpus",
  vcpus: "vcpus",
  os: "boot",
  features: "features",
  cpu: "cpu",
  clock: "clock",
  on_poweroff: "events",
  on_reboot: "events",
  on_crash: "events",
  pm: "power",
  interface: "nic",
  controller: "controller",
  graphics: "graphics",
  video: "video",
  serial: "serial",
  console: "console",
  channel: "channel",
  input: "input",
  memballoon: "balloon",
  rng: "rng",
  sound: "sound",
  audio: "sound",
  seclabel: "security",
};

/** Parts that libvirt can also change in a guest that runs. */
const liveParts: readonly DefinitionPart[] = ["title", "description"];

/**
 * What differs between two definitions, part by part, in the order of the second. Nothing differs
 * exactly when the list is empty. `running` says whether `after` has to wait for the next boot.
 */
export function compareDomains(
  before: XmlElement,
  after: XmlElement,
  running: boolean,
): DefinitionChange[] {
  const old = unitsOf(before);
  const now = unitsOf(after);
  const changes: DefinitionChange[] = [];
  for (const unit of now.values()) {
    const change = changeOf(old.get(unit.key) ?? null, unit, running);
    if (change !== null) changes.push(change);
  }
  for (const unit of old.values()) {
    const change = now.has(unit.key) ? null : changeOf(unit, null, running);
    if (change !== null) changes.push(change);
  }
  return changes;
}

function changeOf(
  before: Unit | null,
  after: Unit | null,
  running: boolean,
): DefinitionChange | null {
  const shown = after ?? before;
  if (shown === null) return null;
  const facts = differences(before?.element ?? null, after?.element ?? null);
  if (facts.length === 0) return null;
  const { element } = shown;
  const part = partOfElement(element);
  const isSize = sizeElements.includes(element.name);
  const named = part === "other" || part === "events" ? element.name : shown.subject;
  return {
    part,
    kind: before === null ? "added" : after === null ? "removed" : "changed",
    subject: part === "other" && shown.subject !== "" ? `${named} ${shown.subject}` : named,
    when: running && !liveParts.includes(part) ? "next_boot" : "now",
    facts: isSize
      ? facts.map((fact) => (fact.path === "" ? { ...fact, unit: "KiB" } : fact))
      : facts,
  };
}

function partOfElement(element: XmlElement): DefinitionPart {
  if (element.name === "disk") {
    return attribute(element, "device") === "cdrom" ? "drive" : "disk";
  }
  return Object.hasOwn(partOf, element.name) ? (partOf[element.name] ?? "other") : "other";
}

function differences(before: XmlElement | null, after: XmlElement | null): DefinitionFact[] {
  const old = before === null ? new Map<string, string>() : factsOf(before);
  const now = after === null ? new Map<string, string>() : factsOf(after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, from: old.get(path) ?? null, to: now.get(path) ?? null }))
    .filter(({ from, to }) => from !== to);
}
