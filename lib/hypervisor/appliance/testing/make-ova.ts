import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tarEnd, tarHeader, tarPadding } from "../tar";

export interface OvaFile {
  name: string;
  bytes: Buffer;
}

const long = new Date("2030-01-01T00:00:00Z");

/** A tar archive of the files, in order. */
export function makeTar(files: readonly OvaFile[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => [
    tarHeader(name, bytes.length, long),
    bytes,
    tarPadding(bytes.length),
  ]);
  return Buffer.concat([...parts, tarEnd()]);
}

export interface OvfWords {
  files: { href: string; size?: number | undefined; more?: string }[];
  name?: string;
  hardware?: string;
  system?: string;
}

/** A descriptor laid out as VirtualBox writes it: a disk on SATA, an Intel card, EFI in its own part. */
export function makeOvf({ files, name = "Shop", hardware = "", system = "" }: OvfWords): Buffer {
  const size = (bytes: number | undefined) => (bytes === undefined ? "" : ` ovf:size="${bytes}"`);
  const references = files
    .map(({ href, size: bytes, more = "" }, at) => {
      return `<File ovf:id="file${at}" ovf:href="${href}"${size(bytes)} ${more}/>`;
    })
    .join("\n");
  const disks = files
    .map((_, at) => {
      return `<Disk ovf:capacity="8589934592" ovf:diskId="vmdisk${at}" ovf:fileRef="file${at}" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>`;
    })
    .join("\n");
  const drives = files
    .map((_, at) => {
      return `<Item><rasd:AddressOnParent>${at}</rasd:AddressOnParent><rasd:HostResource>/disk/vmdisk${at}</rasd:HostResource><rasd:InstanceID>${10 + at}</rasd:InstanceID><rasd:Parent>3</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>`;
    })
    .join("\n");
  return Buffer.from(`<?xml version="1.0"?>
<Envelope ovf:version="1.0" xml:lang="en-US" xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" xmlns:vbox="http://www.virtualbox.org/ovf/machine">
  <References>${references}</References>
  <DiskSection><Info>List of the virtual disks used in the package</Info>${disks}</DiskSection>
  <NetworkSection><Info>Logical networks used in the package</Info><Network ovf:name="NAT"/></NetworkSection>
  <VirtualSystem ovf:id="${name}">
    <Info>A virtual machine</Info>
    <OperatingSystemSection ovf:id="96"><Info>The kind of installed guest operating system</Info><Description>Debian_64</Description></OperatingSystemSection>
    <VirtualHardwareSection>
      <Info>Virtual hardware requirements for a virtual machine</Info>
      <System><vssd:ElementName>Virtual Hardware Family</vssd:ElementName><vssd:InstanceID>0</vssd:InstanceID><vssd:VirtualSystemType>virtualbox-2.2</vssd:VirtualSystemType></System>
      <Item><rasd:Caption>2 virtual CPU</rasd:Caption><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>
      <Item><rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits><rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>512</rasd:VirtualQuantity></Item>
      <Item><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceSubType>AHCI</rasd:ResourceSubType><rasd:ResourceType>20</rasd:ResourceType></Item>
      <Item><rasd:Connection>NAT</rasd:Connection><rasd:InstanceID>4</rasd:InstanceID><rasd:ResourceSubType>E1000</rasd:ResourceSubType><rasd:ResourceType>10</rasd:ResourceType></Item>
      ${drives}
      ${hardware}
    </VirtualHardwareSection>
    ${system}
  </VirtualSystem>
</Envelope>
`);
}

/** A list of checksums of the files. */
export function makeManifest(files: readonly OvaFile[], algorithm = "sha256"): Buffer {
  const lines = files.map(({ name, bytes }) => {
    const hex = createHash(algorithm).update(bytes).digest("hex");
    return `${algorithm.toUpperCase()}(${name})= ${hex}\n`;
  });
  return Buffer.from(lines.join(""));
}

export interface MadeDisk {
  /** Of the raw disk that was taken as a model. */
  model: string;
  path: string;
  bytes: Buffer;
}

export interface MakeDisk {
  /** Where it is made. */
  folder: string;
  options?: readonly string[];
  /** A raw disk whose content it gets. */
  from?: string;
}

/** A disk as `qemu-img` makes it, with content at both ends and a hole between. */
export async function makeDisk(
  format: string,
  { folder, options = [], from }: MakeDisk,
): Promise<MadeDisk> {
  const model = from ?? join(folder, "model.raw");
  if (from === undefined) await writeModel(model);
  const path = join(folder, `disk.${format}`);
  const words = ["convert", "-f", "raw", "-O", format, ...options, model, path];
  execFileSync("qemu-img", words);
  return { model, path, bytes: await readFile(path) };
}

/** A disk as VMware and VirtualBox export it. */
export function makeStreamVmdk(make: Omit<MakeDisk, "options">): Promise<MadeDisk> {
  return makeDisk("vmdk", { ...make, options: ["-o", "subformat=streamOptimized"] });
}

async function writeModel(path: string): Promise<void> {
  execFileSync("qemu-img", ["create", "-q", "-f", "raw", path, "65M"]);
  const io = [
    "write -P 0xeb 0 510",
    "write -P 0x55 510 1",
    "write -P 0xaa 511 1",
    "write -P 0x41 64k 300k",
    "write -P 0x42 40M 1M",
  ];
  io.push("write -P 0x43 64M 100k", "write -P 0x44 66060k 500k");
  const commands = io.flatMap((command) => ["-c", command]);
  execFileSync("qemu-io", ["-f", "raw", ...commands, path], { stdio: "ignore" });
}
