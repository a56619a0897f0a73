import { describe, expect, it } from "vitest";
import type { DiskSettings } from "@/lib/model/disk-settings";
import { readDiskSettings, withDiskSettings } from "./disk-settings";
import { findDrive } from "./drive";
import { parseXml, printXml, type XmlElement } from "./tree";

const domain = parseXml(`<domain><devices>
  <disk type="volume" device="disk">
    <driver name="qemu" type="qcow2" cache="none" io="native" discard="unmap" queues="2"/>
    <source pool="p" volume="v"/><target dev="vda" bus="virtio"/><serial>ONE</serial>
    <boot order="1"/><alias name="ua-system"/>
    <address type="pci" domain="0x0000" bus="0x03" slot="0x00" function="0x0"/>
  </disk>
  <disk type="file" device="disk"><driver name="qemu" type="raw"/>
    <target dev="sdb" bus="sata" rotation_rate="7200"/><wwn>5000c50015ea71aa</wwn>
    <address type="drive" controller="0" bus="0" target="0" unit="0"/></disk>
  <disk type="file" device="cdrom"><target dev="sda" bus="scsi"/><readonly/>
    <address type="drive" controller="0" bus="0" target="0" unit="0"/></disk>
  <controller type="scsi" index="0" model="virtio-scsi"/>
</devices></domain>`);
const flat = (xml: string) => xml.replaceAll(/\s*\n\s*/g, "");
const was = (target: string) => {
  const drive = findDrive(domain, target);
  if (drive === null) throw new Error(`no ${target}`);
  return readDiskSettings(drive);
};
const changed = (target: string, change: Partial<DiskSettings>, root: XmlElement = domain) => {
  const after = withDiskSettings(root, target, { ...was(target), ...change });
  const drive = after && findDrive(after, target);
  return { after, xml: drive === null ? "" : flat(printXml(drive)) };
};

describe("a disk's settings", () => {
  it("are read, with what a definition leaves out", () => {
    expect(was("vda")).toEqual({ bus: "virtio", cache: "none", discard: "unmap", serial: "ONE" });
    expect(was("sdb")).toEqual({
      bus: "sata",
      cache: "default",
      discard: "ignore",
      serial: null,
    });
  });

  it("of virtio come to SCSI under the old name, on a free place, without what virtio alone has", () => {
    expect(changed("vda", { bus: "scsi" }).xml).toBe(
      '<disk type="volume" device="disk">' +
        '<driver name="qemu" type="qcow2" cache="none" io="native" discard="unmap"/>' +
        '<source pool="p" volume="v"/><target dev="vda" bus="scsi"/><boot order="1"/>' +
        "<serial>ONE</serial>" +
        '<address type="drive" bus="0" controller="0" target="1" unit="0"/></disk>',
    );
  });

  it("take the next free port of SATA", () => {
    expect(changed("vda", { bus: "sata" }).xml).toContain(
      '<address type="drive" bus="0" controller="0" target="0" unit="1"/>',
    );
  });

  it("of SATA come to virtio on a place of libvirt's choice", () => {
    const { xml } = changed("sdb", { bus: "virtio", serial: "TWO" });
    expect(xml).toContain('<target dev="sdb" bus="virtio"/><serial>TWO</serial></disk>');
    expect(xml).not.toMatch(/address|wwn/);
  });

  it("bring the controller that the bus needs", () => {
    const bare = parseXml(
      printXml(domain).replace('model="virtio-scsi"', 'model="lsilogic"').replace("sda", "sdz"),
    );
    const { after, xml } = changed("vda", { bus: "scsi" }, bare);
    expect(xml).toContain('controller="1" target="0" unit="0"');
    expect(after && flat(printXml(after))).toContain(
      '<controller type="scsi" index="1" model="virtio-scsi"/>',
    );
  });

  it("leave the place alone where the bus stays, and native I/O only past the cache", () => {
    const { after, xml } = changed("vda", { cache: "writeback", discard: "ignore", serial: null });
    expect(xml).toContain('<driver name="qemu" type="qcow2" cache="writeback" discard="ignore"');
    expect(xml).toContain('bus="0x03"');
    expect(xml).toContain("ua-system");
    expect(xml).not.toContain("serial");
    const others = (root: XmlElement | null) => root && findDrive(root, "sdb");
    expect(others(after)).toEqual(others(domain));
  });

  it("are of no disk that is not there", () => {
    expect(withDiskSettings(domain, "vdz", was("vda"))).toBeNull();
    expect(withDiskSettings(parseXml("<domain/>"), "vda", was("vda"))).toBeNull();
  });
});
