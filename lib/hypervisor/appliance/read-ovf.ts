import { type Appliance, applianceLimits, type ImportDrivers } from "@/lib/model/appliance";
import type { Firmware } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";
import { textOf, wholeNumber } from "../xml/query";
import { parseXml, type XmlElement } from "../xml/tree";
import { amountOf } from "./ovf-units";
import { isPlainName } from "./read-tar";
import { refuse, shownText } from "./refuse";

/** What is taken of a descriptor; all else in it is as if it were not there. */
export interface OvfFacts extends Omit<Appliance, "kind" | "disks" | "verified"> {
  /** Names of the disks' files, in the order of the VM's drives. */
  diskFiles: { file: string; sizeBytes: number | null }[];
}

/** CIM's numbers of kinds of hardware. */
const kinds = { cpu: 3, memory: 4, nic: 10, disk: 17 };
const byteUnit = "byte * 2^20";
const hardwareItems: readonly string[] = ["Item", "StorageItem", "EthernetPortItem"];

/**
 * Reads the descriptor of an archive. Its author may be an enemy: a document type is refused before
 * anything is parsed, references lead to files of the archive and nowhere else, and each value has
 * bounds. Throws `input.invalid` with the reason.
 */
export function readOvf(bytes: Uint8Array): OvfFacts {
  const root = parse(bytes);
  const systems = below(root, "VirtualSystem");
  const [system] = systems;
  if (system === undefined || systems.length > 1) throw refuse("ovf_systems");
  const hardware = below(system, "VirtualHardwareSection")[0] ?? null;
  const items = hardware === null ? [] : hardware.children.filter(isItem);
  const ofKind = (kind: number) =>
    items.filter((item) => wholeNumber(say(item, "ResourceType")) === kind);
  const [cpu] = ofKind(kinds.cpu);
  const [memory] = ofKind(kinds.memory);
  const name = say(system, "Name") ?? attributeOf(system, "id") ?? "";
  const [notes] = below(system, "AnnotationSection");
  const [os] = below(system, "OperatingSystemSection");
  return {
    name: shownText(name, vmLimits.nameLength),
    description: shownText(
      notes === undefined ? "" : (say(notes, "Annotation") ?? ""),
      vmLimits.descriptionLength,
    ),
    os: shownText(osOf(os), 80),
    firmware: firmwareOf(system),
    vcpus: within(wholeNumber(cpu ? say(cpu, "VirtualQuantity") : null), vmLimits.vcpus),
    memoryMib: within(memory ? memoryMibOf(memory) : null, vmLimits.memoryMib),
    drivers: driversOf(items),
    networks: ofKind(kinds.nic)
      .slice(0, applianceLimits.nics)
      .map((nic) => shownText(say(nic, "Connection") ?? "", 60)),
    diskFiles: diskFilesOf(root, ofKind(kinds.disk)),
  };
}

function parse(bytes: Uint8Array): XmlElement {
  if (bytes.length > applianceLimits.textBytes) throw refuse("ovf_too_large");
  const text = decode(bytes);
  if (/<!\s*(doctype|entity)/i.test(text)) throw refuse("ovf_entities");
  let root: XmlElement;
  try {
    root = parseXml(text);
  } catch {
    throw refuse("ovf_damaged");
  }
  if (localName(root.name) !== "Envelope") throw refuse("ovf_damaged");
  return root;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse("ovf_damaged");
  }
}

/** The files of the disks, by the way from a drive to a disk to a reference. */
function diskFilesOf(root: XmlElement, drives: XmlElement[]): OvfFacts["diskFiles"] {
  const references = new Map(
    childrenBy(root, "References")
      .flatMap((section) => childrenBy(section, "File"))
      .map((file) => [attributeOf(file, "id"), file] as const),
  );
  const disks = childrenBy(root, "DiskSection").flatMap((section) => childrenBy(section, "Disk"));
  const wanted = drives
    .map((drive) => /\/disk\/(.+)$/.exec(say(drive, "HostResource") ?? "")?.[1])
    .filter((id) => id !== undefined);
  const ordered =
    wanted.length === 0
      ? disks
      : wanted.map((id) => disks.find((disk) => attributeOf(disk, "diskId") === id));
  if (ordered.length === 0) throw refuse("no_disk");
  if (ordered.length > applianceLimits.disks) {
    throw refuse("too_many_disks", { limit: applianceLimits.disks });
  }
  const files = ordered.map((disk) => {
    if (disk === undefined) throw refuse("ovf_damaged");
    if (attributeOf(disk, "parentRef") !== null) throw refuse("disk_parent");
    const reference = attributeOf(disk, "fileRef");
    if (reference === null) throw refuse("disk_empty");
    return fileOf(references.get(reference));
  });
  if (new Set(files.map(({ file }) => file)).size < files.length) throw refuse("ovf_damaged");
  return files;
}

function fileOf(file: XmlElement | undefined): OvfFacts["diskFiles"][number] {
  const href = file ? attributeOf(file, "href") : null;
  if (file === undefined || href === null) throw refuse("ovf_damaged");
  if (!isPlainName(href)) throw refuse("ovf_reference", { reference: href });
  const packed = attributeOf(file, "compression") ?? "identity";
  if (!["", "identity"].includes(packed) || attributeOf(file, "chunkSize") !== null) {
    throw refuse("ovf_packed", { name: href });
  }
  return { file: href, sizeBytes: wholeNumber(attributeOf(file, "size")) };
}

function memoryMibOf(memory: XmlElement): number | null {
  const bytes = amountOf(
    wholeNumber(say(memory, "VirtualQuantity")),
    say(memory, "AllocationUnits") ?? byteUnit,
  );
  return bytes === null ? null : Math.round(bytes / 1024 ** 2);
}

function osOf(os: XmlElement | undefined): string {
  return os === undefined ? "" : (say(os, "Description") ?? attributeOf(os, "osType") ?? "");
}

/** VMware says it by a setting, VirtualBox in a part of its own. */
function firmwareOf(system: XmlElement): Firmware {
  const config = [...everyBelow(system, "Config"), ...everyBelow(system, "ExtraConfig")];
  const isEfi =
    config.some(
      (each) =>
        attributeOf(each, "key") === "firmware" &&
        attributeOf(each, "value")?.toLowerCase() === "efi",
    ) ||
    everyBelow(system, "Firmware").some((each) =>
      attributeOf(each, "type")?.toUpperCase().startsWith("EFI"),
    );
  return isEfi ? "uefi" : "bios";
}

/** Only a guest that had a virtio disk is known to have drivers for one. */
function driversOf(items: XmlElement[]): ImportDrivers {
  const controllers = items.filter((item) => /virtio/i.test(say(item, "ResourceSubType") ?? ""));
  return controllers.length > 0 ? "virtio" : "common";
}

function within(value: number | null, { min, max }: { min: number; max: number }): number | null {
  return value !== null && value >= min && value <= max ? value : null;
}

/** Text of the child of that name. */
function say(parent: XmlElement, name: string): string | null {
  return textOf(childrenBy(parent, name)[0] ?? null)?.trim() ?? null;
}

/** Prefixes are of each author's choosing: what counts is the name behind them. */
function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function childrenBy(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement => typeof child === "object" && localName(child.name) === name,
  );
}

function isItem(child: XmlElement["children"][number]): child is XmlElement {
  return typeof child === "object" && hardwareItems.includes(localName(child.name));
}

/** Children of that name, also those inside a collection. */
function below(parent: XmlElement, name: string): XmlElement[] {
  const collections = childrenBy(parent, "VirtualSystemCollection");
  return [...childrenBy(parent, name), ...collections.flatMap((each) => below(each, name))];
}

function everyBelow(parent: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = [parent];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of next.children) {
      if (typeof child !== "object") continue;
      if (localName(child.name) === name) found.push(child);
      waiting.push(child);
    }
  }
  return found;
}

function attributeOf(found: XmlElement, name: string): string | null {
  const entry = Object.entries(found.attributes).find(([key]) => localName(key) === name);
  return entry === undefined ? null : entry[1].trim();
}
