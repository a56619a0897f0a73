import { describe, expect, it } from "vitest";
import { buildDomain } from "./build-domain";
import { asClone, type CloneIdentity } from "./edit-clone";
import { specOf } from "./golden/specs";
import { macOf } from "./mac";
import { readOwner } from "./metadata";
import { parseDomain } from "./parse-domain";
import { attribute, childrenOf, find, textOf } from "./query";
import { parseXml, printXml, type XmlElement } from "./tree";
import { uncloneable } from "./uncloneable";

const identity: CloneIdentity = {
  uuid: "5c9a61b9-0000-4000-8000-000000000000",
  domainName: "p-new",
  owner: { vmId: "new", projectId: "w8r5t2n6c1" },
  title: "Web <2>",
  description: "a copy",
  consoleSocketPath: "/run/portico/console/p-new.sock",
  disks: {
    vda: { pool: "portico-disks", volume: "new-0.qcow2", format: "qcow2", serial: "s0" },
  },
};

const own = () => buildDomain(specOf({}), { directIo: true, filter: "clean-traffic" });

function clone(xml: string, change: Partial<CloneIdentity> = {}): XmlElement {
  const text = asClone(parseXml(xml), { ...identity, ...change });
  if (text === null) throw new Error("no clone");
  return parseXml(text);
}

/** With a part more in the domain or in its devices. */
const withPart = (part: string) => own().replace("<cpu", `${part}<cpu`);
const withDevice = (part: string) => own().replace("</devices>", `${part}</devices>`);

describe("asClone", () => {
  it("gives an identity of its own and the same hardware", () => {
    const before = parseDomain(own());
    const after = parseDomain(printXml(clone(own())));
    expect(after).toMatchObject({
      uuid: identity.uuid,
      domainName: "p-new",
      title: "Web <2>",
      owner: identity.owner,
      sizes: before.sizes,
      firmware: before.firmware,
      machine: before.machine,
      consoles: [{ type: "vnc", listen: "socket", socketPath: identity.consoleSocketPath }],
    });
    expect(after.nics).toEqual(
      before.nics.map((nic) => ({ ...nic, mac: macOf(identity.uuid, 0) })),
    );
    expect(after.disks).toMatchObject([
      { target: "vda", pool: "portico-disks", volume: "new-0.qcow2", bootOrder: 1 },
      { target: "sda", device: "cdrom", pool: null, volume: null, path: null, bootOrder: 2 },
    ]);
    expect(textOf(find(clone(own()), "description"))).toBe("a copy");
  });

  it("keeps nothing by which the other is known", () => {
    const text = printXml(clone(own()));
    const { uuid, domainName, vmId, title, disk, cdrom } = specOf({});
    const [mac] = parseDomain(own()).nics.map((nic) => nic.mac);
    for (const known of [uuid, domainName, vmId, title, disk.serial, cdrom?.volume, mac]) {
      expect(text).not.toContain(known);
    }
  });

  it("keeps what others wrote into its metadata, and its owner once", () => {
    const foreign = own().replace("</metadata>", "<o:x xmlns:o='urn:o'>y</o:x></metadata>");
    const metadata = find(clone(foreign), "metadata");
    expect(textOf(find(metadata, "o:x"))).toBe("y");
    expect(childrenOf(metadata, "portico:vm")).toHaveLength(1);
    expect(readOwner(clone(foreign))?.vmId).toBe("new");
  });

  it("has the guest see that it is a copy, and a board without numbers", () => {
    const root = clone(
      withPart(
        "<genid>11111111-2222-4333-8444-555555555555</genid><sysinfo type='smbios'><system><entry name='product'>P</entry><entry name='uuid'>u</entry><entry name='serial'>s</entry></system></sysinfo>",
      ),
    );
    expect(find(root, "genid")?.children).toEqual([]);
    const entries = childrenOf(find(root, "sysinfo/system"), "entry");
    expect(entries.map((each) => attribute(each, "name"))).toEqual(["product"]);
  });

  it("begins UEFI's variables anew", () => {
    const xml = own().replace("</os>", "<nvram template='/t.fd'>/var/p-old_VARS.fd</nvram></os>");
    expect(find(clone(xml), "os/nvram")?.children).toEqual([]);
    expect(find(clone(xml), "os/type")).not.toBeNull();
  });

  it("keeps that a clipboard is shared, which is said where other channels have a socket", () => {
    const source = '<source><clipboard copypaste="yes"/></source>';
    const target = '<target type="virtio" name="com.redhat.spice.0"/>';
    const xml = withDevice(`<channel type="qemu-vdagent">${source}${target}</channel>`);
    expect(parseDomain(printXml(clone(xml))).clipboard.on).toBe(true);
    expect(uncloneable(parseXml(xml))).toEqual([]);
  });

  it("does not take over where the screen and the agent's channel were", () => {
    const xml = own()
      .replace('type="vnc"', 'type="vnc" port="5901" socket="/old.sock"')
      .replace('<channel type="unix">', "<channel type='unix'><source mode='bind' path='/old'/>");
    const root = clone(xml);
    expect(find(root, "devices/graphics")?.attributes).toEqual({
      type: "vnc",
      sharePolicy: "force-shared",
    });
    expect(find(root, "devices/channel/source")).toBeNull();
    const free = clone(xml, { consoleSocketPath: null });
    expect(find(free, "devices/graphics/listen")?.attributes).toEqual({ type: "socket" });
  });

  it("leaves a filter's addresses of the other card behind", () => {
    const xml = own().replace(
      "</filterref>",
      "<parameter name='IP' value='10.0.0.5'/></filterref>",
    );
    const names = childrenOf(find(clone(xml), "devices/interface/filterref"), "parameter");
    expect(names.map((each) => attribute(each, "name"))).toEqual(["CTRL_IP_LEARNING"]);
  });

  it.each([
    ["none", []],
    ["another", ["vdb"]],
    ["one more", ["vda", "vdb"]],
  ])("is none when %s of the disks was copied", (_what, targets) => {
    const [disk] = Object.values(identity.disks);
    const disks = Object.fromEntries(
      targets.map((target) => [target, disk]),
    ) as typeof identity.disks;
    expect(asClone(parseXml(own()), { ...identity, disks })).toBeNull();
  });
});

describe("uncloneable", () => {
  it("finds nothing in what Portico makes", () => {
    expect(uncloneable(parseXml(own()))).toEqual([]);
  });

  it.each([
    ["hostdev", "<hostdev mode='subsystem' type='pci'/>"],
    ["filesystem", "<filesystem type='mount'><source dir='/srv'/></filesystem>"],
    ["interface (bridge)", "<interface type='bridge'><source bridge='br0'/></interface>"],
    ["serial (file)", "<serial type='file'><source path='/tmp/log'/></serial>"],
    ["graphics (spice)", "<graphics type='spice' port='5900'/>"],
  ])("finds %s", (name, device) => {
    expect(uncloneable(parseXml(withDevice(device)))).toEqual([name]);
  });

  it("finds arguments of QEMU's", () => {
    const xml = withPart("<qemu:commandline><qemu:arg value='-s'/></qemu:commandline>");
    expect(uncloneable(parseXml(xml))).toEqual(["qemu:commandline"]);
  });
});
