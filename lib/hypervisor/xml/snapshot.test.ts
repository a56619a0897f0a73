import { describe, expect, it } from "vitest";
import { isOverlayOf, overlayName } from "../snapshots/overlay-name";
import { buildSnapshot } from "./build-snapshot";
import { domainOf, withDescription, withFiles } from "./edit-snapshot";
import { parseSnapshot } from "./parse-snapshot";
import { parseXml } from "./tree";

const disk = (source: string) => `<disk type='volume' device='disk'>
  <driver name='qemu' type='qcow2'/>${source}
  <backingStore type='file'><format type='qcow2'/><source file='/old'/><backingStore/></backingStore>
  <target dev='vda' bus='virtio'/></disk>`;
const definition = (current: number, extra = "") => `<name>p-x</name>
  <memory unit='KiB'>786432</memory><currentMemory unit='KiB'>${current}</currentMemory>
  <vcpu current='2'>4</vcpu>${extra}
  <devices>${disk("<source pool='portico-disks' volume='p-x-0.qcow2'/>")}
  <disk type='volume' device='cdrom'><source pool='portico-images' volume='d.iso'/><target dev='sda' bus='scsi'/></disk>
  </devices>`;
const hot = `<vcpus><vcpu id='0' enabled='yes' hotpluggable='no' order='1'/>
  <vcpu id='1' enabled='yes' hotpluggable='yes' order='2'/>
  <vcpu id='2' enabled='no' hotpluggable='yes'/></vcpus>`;

const external = `<domainsnapshot><name>one</name><state>disk-snapshot</state>
  <parent><name>zero</name></parent><creationTime>1795740761</creationTime>
  <memory snapshot='no'/>
  <disks><disk name='vda' snapshot='external' type='file'><driver type='qcow2'/>
  <source file='/d/p-x-0.sabc.qcow2'/></disk><disk name='sda' snapshot='no'/></disks>
  <domain type='qemu'>${definition(595968, hot)}</domain>
  <inactiveDomain type='qemu'>${definition(393216)}</inactiveDomain><cookie/></domainsnapshot>`;

const state = (text: string, memory: string, kinds: string[]) =>
  parseSnapshot(`<domainsnapshot><name>n</name><state>${text}</state><memory snapshot='${memory}'/>
    <disks>${kinds.map((kind) => `<disk name='${kind}' snapshot='${kind}'/>`).join("")}</disks>
    </domainsnapshot>`);

describe("reading", () => {
  it("finds what a revert needs: the next boot's sizes, hot-added vCPUs, files and media", () => {
    expect(parseSnapshot(external)).toMatchObject({
      name: "one",
      description: null,
      createdAt: "2026-11-27T00:52:41.000Z",
      parent: "zero",
      content: "disk",
      storage: "external",
      sizes: { vcpus: 2, maxVcpus: 4, memoryKib: 393216, maxMemoryKib: 786432 },
      hotAddedVcpus: 1,
      disks: [{ target: "vda", pool: "portico-disks", volume: "p-x-0.qcow2" }],
      media: [{ target: "sda", volume: "d.iso" }],
      overlays: { vda: "/d/p-x-0.sabc.qcow2" },
    });
  });

  it.each([
    [
      "running",
      "internal",
      ["internal", "no"],
      { state: "running", content: "memory", storage: "internal" },
    ],
    ["shutoff", "no", ["internal"], { state: "off", content: "disk", storage: "internal" }],
    ["running", "external", ["external"], { content: "memory", storage: "mixed" }],
    ["disk-snapshot", "no", ["external", "internal"], { storage: "mixed" }],
    ["disk-snapshot", "no", ["no"], { storage: "mixed" }],
  ])("a %s one with memory %s and disks %s", (text, memory, kinds, read) => {
    expect(state(text, memory, kinds)).toMatchObject(read);
  });

  it("refuses what is no snapshot", () => {
    expect(() => parseSnapshot("<domain><name>x</name></domain>")).toThrow("not a snapshot");
  });
});

describe("editing", () => {
  it("changes the description and nothing else", () => {
    const described = withDescription(external, "a & <b>");
    expect(parseSnapshot(described)).toEqual({
      ...parseSnapshot(external),
      description: "a & <b>",
    });
    expect(parseXml(withDescription(described, ""))).toEqual(parseXml(external));
  });

  it("names disks by their files in both definitions, and what lies on top", () => {
    const named = withFiles(external, { vda: "/d/p-x-0.qcow2" }, { vda: "/d/new.qcow2" });
    expect(parseSnapshot(named)).toMatchObject({
      disks: [{ pool: null, path: "/d/p-x-0.qcow2" }],
      overlays: { vda: "/d/new.qcow2" },
    });
    expect(named.match(/<source file="\/d\/p-x-0.qcow2"\/>/g)).toHaveLength(2);
    expect(named).not.toContain("/old");
    expect(named).toContain('volume="d.iso"');
  });

  it("makes the definition of the next boot, on other files", () => {
    const domain = domainOf(external, { vda: "/d/new.qcow2" });
    expect(parseXml(domain).name).toBe("domain");
    expect(domain).toContain('<source file="/d/new.qcow2"/>');
    expect(domain).toContain("393216");
    expect(domain).not.toContain("backingStore");
  });
});

it("what is built names every drive, and escapes what people write", () => {
  const built = buildSnapshot({
    name: "n",
    description: "<&>",
    overlays: [
      { target: "vda", path: "/d/x" },
      { target: "sda", path: null },
    ],
  });
  expect(built).toContain("<description>&lt;&amp;&gt;</description>");
  expect(built).toContain('<disk name="sda" snapshot="no"/>');
  expect(parseSnapshot(built)).toMatchObject({ storage: "external", overlays: { vda: "/d/x" } });
  expect(buildSnapshot({ name: "n", description: "", overlays: null })).not.toContain("disk");
});

it("a file on top tells whose it is, also on top of another", () => {
  const first = overlayName("p-abc-0.qcow2", "1a");
  expect(first).toBe("p-abc-0.s1a.qcow2");
  expect(overlayName(first, "2b")).toBe("p-abc-0.s2b.qcow2");
  expect(isOverlayOf("p-abc-0.qcow2", first)).toBe(true);
  expect(isOverlayOf("p-abc-0.raw", first)).toBe(true);
  for (const other of ["p-abc-0.qcow2", "p-abc-1.s1a.qcow2", "p-abd-0.s1a.qcow2"]) {
    expect(isOverlayOf("p-abc-0.qcow2", other)).toBe(false);
  }
});
