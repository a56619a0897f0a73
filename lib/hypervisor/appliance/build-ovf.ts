import type { DiskFormat, Firmware } from "@/lib/model/vm";
import { element, printXml, type XmlElement } from "../xml/tree";

export interface OvfFacts {
  name: string;
  description: string;
  firmware: Firmware;
  vcpus: number;
  memoryMib: number;
  disks: { file: string; format: DiskFormat; fileBytes: number; capacityBytes: number }[];
  networks: string[];
}

const envelope = "http://schemas.dmtf.org/ovf/envelope/1";
const cim = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2";
const namespaces = {
  xmlns: envelope,
  "xmlns:ovf": envelope,
  "xmlns:rasd": `${cim}/CIM_ResourceAllocationSettingData`,
  "xmlns:vssd": `${cim}/CIM_VirtualSystemSettingData`,
  "xmlns:vmw": "http://www.vmware.com/schema/ovf",
};
/** By these names other products know the formats of a disk's file. */
const formats: Record<DiskFormat, string> = {
  qcow2: "http://www.gnome.org/~markmc/qcow-image-format.html",
  raw: "http://www.vmware.com/interfaces/specifications/vmdk.html#flat",
};
/** CIM's numbers of kinds of hardware. */
const kinds = { cpu: 3, memory: 4, scsi: 6, nic: 10, disk: 17 };

/** The descriptor of an archive that other products read, by OVF 1. */
export function buildOvf(facts: OvfFacts): string {
  const { name, description, firmware, disks } = facts;
  const networks = [...new Set(facts.networks)];
  const root = element("Envelope", namespaces, [
    element(
      "References",
      {},
      disks.map(({ file, fileBytes }, index) =>
        element("File", { "ovf:href": file, "ovf:id": `file${index}`, "ovf:size": fileBytes }),
      ),
    ),
    section("DiskSection", "Virtual disks", disks.map(diskElement)),
    section(
      "NetworkSection",
      "Networks",
      networks.map((network) => element("Network", { "ovf:name": network })),
    ),
    element("VirtualSystem", { "ovf:id": name }, [
      element("Info", {}, ["A virtual machine"]),
      element("Name", {}, [name]),
      description === ""
        ? null
        : section("AnnotationSection", "Description", [element("Annotation", {}, [description])]),
      section("VirtualHardwareSection", "Virtual hardware", [
        ...hardware(facts),
        firmware === "uefi"
          ? element("vmw:Config", {
              "ovf:required": "false",
              "vmw:key": "firmware",
              "vmw:value": "efi",
            })
          : null,
      ]),
    ]),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${printXml(root)}`;
}

function section(name: string, info: string, children: (XmlElement | null)[]): XmlElement {
  return element(name, {}, [element("Info", {}, [info]), ...children]);
}

function diskElement(disk: OvfFacts["disks"][number], index: number): XmlElement {
  return element("Disk", {
    "ovf:capacity": disk.capacityBytes,
    "ovf:capacityAllocationUnits": "byte",
    "ovf:diskId": `disk${index}`,
    "ovf:fileRef": `file${index}`,
    "ovf:format": formats[disk.format],
  });
}

function hardware({ name, vcpus, memoryMib, disks, networks }: OvfFacts): XmlElement[] {
  let id = 0;
  /** CIM wants what an item says in the order of the alphabet. */
  const item = (kind: keyof typeof kinds, says: Record<string, string | number>) => {
    id += 1;
    const all = {
      ...says,
      ElementName: `${kind} ${id}`,
      InstanceID: id,
      ResourceType: kinds[kind],
    };
    const sorted = Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
    return element(
      "Item",
      {},
      sorted.map(([key, value]) => element(`rasd:${key}`, {}, [String(value)])),
    );
  };
  return [
    element("System", {}, [
      element("vssd:ElementName", {}, ["Virtual hardware"]),
      element("vssd:InstanceID", {}, ["0"]),
      element("vssd:VirtualSystemIdentifier", {}, [name]),
      element("vssd:VirtualSystemType", {}, ["vmx-10"]),
    ]),
    item("cpu", { AllocationUnits: "hertz * 10^6", VirtualQuantity: vcpus }),
    item("memory", { AllocationUnits: "byte * 2^20", VirtualQuantity: memoryMib }),
    item("scsi", { Address: 0, ResourceSubType: "VirtIO" }),
    ...disks.map((_disk, index) =>
      item("disk", { AddressOnParent: index, HostResource: `ovf:/disk/disk${index}`, Parent: 3 }),
    ),
    ...networks.map((network) =>
      item("nic", { AutomaticAllocation: "true", Connection: network, ResourceSubType: "E1000" }),
    ),
  ];
}
