import type { UserMessage } from "./errors";
import type { QuotaLine } from "./quota";
import type { VmSizes } from "./vm";

/** Characters of a definition that a person brings: a hundred times what libvirt writes itself. */
export const maxDefinitionChars = 128 * 1024;

/** What stands in place of a fact of the host that the reader is not to know. */
export const hiddenValue = "(hidden)";

/** Parts of a VM that changes are told by; keys below `part` of the `definition` catalogue. */
export const definitionParts = [
  "name",
  "uuid",
  "title",
  "description",
  "metadata",
  "virtType",
  "memory",
  "maxMemory",
  "vcpus",
  "boot",
  "features",
  "cpu",
  "clock",
  "events",
  "power",
  "disk",
  "drive",
  "nic",
  "controller",
  "graphics",
  "video",
  "serial",
  "console",
  "channel",
  "input",
  "balloon",
  "rng",
  "sound",
  "security",
  "other",
] as const;
export type DefinitionPart = (typeof definitionParts)[number];

/** When a change is in force. `now` on a VM that is off means: at its next start anyway. */
export type DefinitionWhen = "now" | "next_boot";

/** One figure or word that differs; null where one side has none. */
export interface DefinitionFact {
  /** Where it stands inside the part: "source@volume"; empty for the part's own text. */
  path: string;
  from: string | null;
  to: string | null;
  /** Of a size; anything else is shown as it stands. */
  unit?: "KiB";
}

export interface DefinitionChange {
  part: DefinitionPart;
  kind: "added" | "removed" | "changed";
  /** Which one, where there are several: "vda", a MAC address, "pci 3". Empty where there is one. */
  subject: string;
  when: DefinitionWhen;
  facts: DefinitionFact[];
}

/** Something that Portico itself never writes into a definition. */
export interface UnusualPart {
  kind: "element" | "attribute" | "value" | "identity" | "disk" | "network" | "mac";
  /** Where it stands: "devices/disk[vda]/source@file". */
  path: string;
}

/** Why a definition cannot be; keys below `refusal` of the `definition` catalogue, or `quota.`. */
export const definitionRefusalKeys = [
  "uuid",
  "name",
  "owner",
  "title",
  "description",
  "disk",
  "no_sizes",
  "vcpus",
  "memory",
  "host_vcpus",
  "host_memory",
  "hidden",
  "unusual",
] as const;
export type DefinitionRefusalKey = (typeof definitionRefusalKeys)[number];

export interface DefinitionRefusal {
  key: DefinitionRefusalKey;
  values: Record<string, string | number>;
}

/** What a definition that somebody brings would do. Nothing of it is done yet. */
export interface DefinitionPlan {
  /** Of the definition that it was compared with. */
  digest: string;
  changes: DefinitionChange[];
  /** Each is enough for nothing at all to be done. */
  refusals: DefinitionRefusal[];
  /** What is new in it and beyond what Portico makes; an administrator may bring it. */
  unusual: UnusualPart[];
  /** Whether the administrator has to confirm who he is, because of `unusual`. */
  needsProof: boolean;
  /** Both as XML, laid out alike, for the difference. */
  before: string;
  after: string;
  /** Sizes that the next boot uses. */
  next: VmSizes;
  quota: QuotaLine[];
  /** False when a refusal or the quota stands against it. */
  possible: boolean;
  /** False when nothing would change. */
  changed: boolean;
}

/** A definition as libvirt has it, for reading. */
export interface DefinitionText {
  xml: string;
  /** Names this very text: a change that was decided by another one is refused. */
  digest: string;
}

export interface DefinitionView {
  /** What runs; null while the VM is off. */
  now: DefinitionText | null;
  nextBoot: DefinitionText;
  /** What the next boot changes of what runs. */
  pending: DefinitionChange[];
  /** Whether facts of the host are hidden from the reader. */
  hidden: boolean;
}

/** Both versions, when a change was decided by one that is no longer true. */
export interface StaleDefinition {
  current: DefinitionText;
}

/** The first refusal in words of the `errors` catalogue. */
export function refusalMessage({ key, values }: DefinitionRefusal): UserMessage {
  return { key: `definition.${key}`, values };
}
