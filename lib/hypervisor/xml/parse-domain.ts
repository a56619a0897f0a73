import type { BootDevice } from "@/lib/model/boot";
import type { ReadCpu } from "@/lib/model/cpu";
import type { ModuleRoom } from "@/lib/model/memory-modules";
import type { Pins } from "@/lib/model/pinning";
import type { ReadRecovery } from "@/lib/model/recovery";
import type { ReadVideo } from "@/lib/model/video";
import type { Firmware, VirtType, VmSizes } from "@/lib/model/vm";
import type { LiveDisk, LiveNic } from "../types";
import { readBootDevices } from "./boot";
import { readClipboard } from "./clipboard";
import { readCpu } from "./cpu";
import { readDiskLimits } from "./disk-limits";
import { readDiskSettings } from "./disk-settings";
import { countFreePorts } from "./free-ports";
import { readModuleRoom } from "./memory-modules";
import { type Owner, readOwner } from "./metadata";
import { readNic } from "./nic";
import { readPins } from "./pins";
import { attribute, childrenOf, find, sizeBytesOf, textOf, wholeNumber } from "./query";
import { readRecovery } from "./recovery";
import { parseXml, type XmlElement } from "./tree";
import { readVideo } from "./video";

export interface ParsedDomain {
  uuid: string;
  domainName: string;
  /** libvirt's number of this start; null when off. */
  id: number | null;
  title: string | null;
  owner: Owner | null;
  virtType: VirtType;
  firmware: Firmware;
  machine: string | null;
  sizes: VmSizes;
  /** Places for memory modules; null without any. */
  moduleRoom: ModuleRoom | null;
  disks: LiveDisk[];
  nics: LiveNic[];
  /** Empty root ports; null on a machine without them. */
  freePorts: number | null;
  boot: BootDevice[];
  /** vCPUs added while it runs, in a live definition. */
  hotAddedVcpus: number;
  /** Of the agent channel in a live definition. */
  agentConnected: boolean;
  recovery: ReadRecovery;
  /** The channel of the clipboard: whether it is there, and open in the guest. */
  clipboard: { on: boolean; agent: boolean };
  video: ReadVideo;
  cpu: ReadCpu;
  pins: Pins;
  consoles: ParsedConsole[];
  /** Whether libvirt can carry the console that it opens when none is named. */
  hasSerialPort: boolean;
}

/** One place where the guest's screen can be had. */
export interface ParsedConsole {
  type: string;
  listen: "socket" | "other";
  socketPath: string | null;
}

/** Reads libvirt's XML of one domain. Throws an Error when it is not a domain. */
export function parseDomain(xml: string): ParsedDomain {
  const root = parseXml(xml);
  const uuid = textOf(find(root, "uuid"));
  const domainName = textOf(find(root, "name"));
  if (root.name !== "domain" || uuid === null || domainName === null) {
    throw new Error(`XML of <${root.name}> is not a domain`);
  }
  const devices = find(root, "devices");
  return {
    uuid,
    domainName,
    id: wholeNumber(attribute(root, "id")),
    title: textOf(find(root, "title")),
    owner: readOwner(root),
    virtType: attribute(root, "type") === "kvm" ? "kvm" : "qemu",
    firmware: readFirmware(root),
    machine: attribute(find(root, "os/type"), "machine"),
    sizes: readSizes(root),
    moduleRoom: readModuleRoom(root),
    disks: childrenOf(devices, "disk").map(readDisk),
    nics: childrenOf(devices, "interface").map(readNic),
    freePorts: countFreePorts(devices),
    boot: readBootDevices(root),
    hotAddedVcpus: readHotAddedVcpus(root),
    agentConnected: childrenOf(devices, "channel").some(isConnectedAgent),
    recovery: readRecovery(root),
    clipboard: readClipboard(root),
    video: readVideo(root),
    cpu: readCpu(root),
    pins: readPins(root),
    consoles: childrenOf(devices, "graphics").map(readConsole),
    hasSerialPort: readSerialPort(devices),
  };
}

function readFirmware(root: XmlElement): Firmware {
  const automatic = attribute(find(root, "os"), "firmware") === "efi";
  const flash = attribute(find(root, "os/loader"), "type") === "pflash";
  return automatic || flash ? "uefi" : "bios";
}

/** vCPUs and memory as the definition has them: `<vcpu current>`, `<currentMemory>` and ceilings. */
export function readSizes(root: XmlElement): VmSizes {
  const vcpu = find(root, "vcpu");
  const maxVcpus = wholeNumber(textOf(vcpu)) ?? 1;
  const maxBytes = sizeBytesOf(find(root, "memory"), "KiB") ?? 0;
  const bytes = sizeBytesOf(find(root, "currentMemory"), "KiB") ?? maxBytes;
  return {
    vcpus: wholeNumber(attribute(vcpu, "current")) ?? maxVcpus,
    maxVcpus,
    memoryKib: Math.floor(bytes / 1024),
    maxMemoryKib: Math.floor(maxBytes / 1024),
  };
}

/** libvirt lists single vCPUs once one was added to a running guest; those can be unplugged, too. */
export function readHotAddedVcpus(root: XmlElement): number {
  return childrenOf(find(root, "vcpus"), "vcpu").filter(
    (vcpu) => attribute(vcpu, "enabled") === "yes" && attribute(vcpu, "hotpluggable") === "yes",
  ).length;
}

/** A drive of a definition; sizes are not in it. */
export function readDisk(disk: XmlElement): LiveDisk {
  const source = find(disk, "source");
  const target = find(disk, "target");
  return {
    target: attribute(target, "dev") ?? "",
    bus: attribute(target, "bus") ?? "",
    device: attribute(disk, "device") === "cdrom" ? "cdrom" : "disk",
    format: attribute(find(disk, "driver"), "type"),
    pool: attribute(source, "pool"),
    volume: attribute(source, "volume"),
    path: attribute(source, "file") ?? attribute(source, "dev"),
    capacityBytes: null,
    allocationBytes: null,
    bootOrder: wholeNumber(attribute(find(disk, "boot"), "order")),
    limits: readDiskLimits(disk),
    settings: readDiskSettings(disk),
  };
}

function isConnectedAgent(channel: XmlElement): boolean {
  const target = find(channel, "target");
  return (
    attribute(target, "name") === "org.qemu.guest_agent.0" &&
    attribute(target, "state") === "connected"
  );
}

/** libvirt takes the first console or else the first serial port, and can carry two kinds of it. */
function readSerialPort(devices: XmlElement | null): boolean {
  const [first] = [...childrenOf(devices, "console"), ...childrenOf(devices, "serial")];
  return ["pty", "unix"].includes(attribute(first ?? null, "type") ?? "");
}

function readConsole(graphics: XmlElement): ParsedConsole {
  const listens = childrenOf(graphics, "listen");
  const socket = listens.find((listen) => attribute(listen, "type") === "socket");
  const onlySocket = socket !== undefined && listens.length === 1;
  return {
    type: attribute(graphics, "type") ?? "",
    listen: onlySocket ? "socket" : "other",
    socketPath: onlySocket ? attribute(socket, "socket") : null,
  };
}
